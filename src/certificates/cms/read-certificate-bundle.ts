/** What lies at a caIssuers address (RFC 5280, section 4.2.2.1): one certificate, or a SignedData that carries certificates alone. */
import { readAlgorithm } from '../algorithm-identifier.ts';
import { MalformedCertificate, parseCertificate, type Certificate } from '../certificate.ts';
import { MalformedDer, readWhole, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, tags } from '../der/tags.ts';
import { contentTypes } from './read-signed-data.ts';

const most = { certificates: 32, algorithms: 8 } as const;

/** Undefined for anything else. Nobody vouches for what is in it: a path has to. */
export function readCertificateBundle(bytes: Uint8Array): readonly Certificate[] | undefined {
  try {
    return readWhole(bytes, readBundle).map(parseCertificate);
  } catch (error) {
    if (error instanceof MalformedDer || error instanceof MalformedCertificate) return undefined;
    throw error;
  }
}

function readBundle(reader: DerReader): readonly Uint8Array[] {
  const start = reader.offset;
  const outer = reader.enter();
  if (outer.nextTag !== tags.oid) return [reader.since(start)];
  if (outer.readOid() !== contentTypes.signedData) throw new MalformedDer('not-signed-data');
  const explicit = outer.enter(contextConstructed(0));
  outer.end();
  const signedData = explicit.enter();
  explicit.end();
  signedData.readSmallInteger();
  signedData.enter(tags.set).readAll(readAlgorithm, { most: most.algorithms });
  signedData.read(tags.sequence);
  const certificates = signedData
    .enterIf(contextConstructed(0))
    ?.readAll((each) => each.read(tags.sequence).der, { most: most.certificates });
  return certificates ?? [];
}
