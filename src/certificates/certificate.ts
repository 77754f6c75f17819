/**
 * Reads an X.509 certificate (RFC 5280, section 4.1) strictly and whole: what is returned obeys the ASN.1 of everything that is read
 * here, each extension occurs once, and what is not known is kept aside. Whether to believe it is path validation's matter.
 */
import { hash } from 'node:crypto';
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm-identifier.ts';
import { MalformedDer, readWhole, type DerReader } from './der/der-reader.ts';
import { contextConstructed, contextPrimitive } from './der/tags.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';
import { noExtensions, readExtensions, type Extensions } from './extensions/extensions.ts';
import { MalformedCertificate } from './malformed-certificate.ts';
import { readPublicKeyInfo, type PublicKeyInfo } from './public-key-info.ts';

export { MalformedCertificate } from './malformed-certificate.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** What is signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** The INTEGER's octets in lower-case hex: minimal two's complement, so that equal serials are equal strings. */
  readonly serial: string;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  /** The last second of validity. */
  readonly notAfter: Date;
  readonly publicKeyInfo: PublicKeyInfo;
  readonly extensions: Extensions;
  /** SHA-256 of the whole; hex. */
  readonly fingerprint: string;
  /** SHA-256 of the SubjectPublicKeyInfo; hex. Anchors are pinned by it. */
  readonly keyId: string;
}

const mostBytes = 1024 * 1024;

type Signed = Omit<Certificate, 'der' | 'tbs' | 'signature' | 'fingerprint' | 'keyId'>;

/** Throws `MalformedCertificate`, and nothing else, for what is not one. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > mostBytes) throw new MalformedCertificate('too-large');
  // A copy: a view would keep alive, and follow, whatever buffer it came in.
  const own = Uint8Array.from(der);
  return MalformedCertificate.guard(() => readWhole(own, readCertificate));
}

function readCertificate(reader: DerReader): Certificate {
  const certificate = reader.enter();
  const start = certificate.offset;
  const signed = readSigned(certificate);
  const tbs = certificate.since(start);
  const outer = readAlgorithm(certificate);
  const { bytes: signature, unusedBits } = certificate.readBitString();
  certificate.end();
  if (unusedBits !== 0) throw new MalformedDer('bad-signature-value');
  // Section 4.1.1.2; else what is not signed would say how to check what is.
  if (Buffer.compare(outer.der, signed.signatureAlgorithm.der) !== 0) {
    throw new MalformedDer('signature-algorithms-differ');
  }
  const der = reader.since(0);
  return {
    ...signed,
    der,
    tbs,
    signature,
    fingerprint: hash('sha256', der, 'hex'),
    keyId: hash('sha256', signed.publicKeyInfo.der, 'hex'),
  };
}

function readSigned(reader: DerReader): Signed {
  const tbs = reader.enter();
  const version = readVersion(tbs);
  const serial = Buffer.from(tbs.readInteger()).toString('hex');
  const signatureAlgorithm = readAlgorithm(tbs);
  const issuer = readName(tbs);
  const validity = tbs.enter();
  const notBefore = validity.readTime();
  const notAfter = validity.readTime();
  validity.end();
  const subject = readName(tbs);
  const publicKeyInfo = readPublicKeyInfo(tbs);
  if (version > 1) for (const uniqueId of [1, 2]) skipUniqueId(tbs, contextPrimitive(uniqueId));
  const explicit = version === 3 ? tbs.enterIf(contextConstructed(3)) : undefined;
  const extensions = explicit ? readExtensions(explicit) : noExtensions;
  explicit?.end();
  tbs.end();
  return {
    version,
    serial,
    signatureAlgorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKeyInfo,
    extensions,
  };
}

/** DEFAULT v1, so that v1 is never written. */
function readVersion(tbs: DerReader): 1 | 2 | 3 {
  const explicit = tbs.enterIf(contextConstructed(0));
  if (!explicit) return 1;
  const version = explicit.readSmallInteger();
  explicit.end();
  if (version !== 1 && version !== 2) throw new MalformedDer('bad-version');
  return version === 1 ? 2 : 3;
}

function skipUniqueId(tbs: DerReader, tag: number): void {
  if (tbs.nextTag === tag) tbs.readBitString(tag);
}
