/** Reads the SignedData of RFC 5652, section 5.1, as far as a message with one signer and attached content has parts. */
import { readAlgorithm, type AlgorithmIdentifier } from '../algorithm-identifier.ts';
import { MalformedDer, readWhole, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, contextPrimitive, tags } from '../der/tags.ts';
import { readName } from '../distinguished-name.ts';
import { RefusedCms } from './cms-refusal.ts';

export const contentTypes = { data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2' } as const;

/** By which the signer's certificate is found. */
export type SignerId =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serial: string }
  /** Hex. */
  | { readonly kind: 'subject-key-id'; readonly keyId: string };

export interface SignerInfo {
  readonly id: SignerId;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** DER of each attribute, in the order they came. */
  readonly signedAttributes: readonly Uint8Array[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

export interface SignedData {
  readonly content: Uint8Array;
  /** DER of each. */
  readonly certificates: readonly Uint8Array[];
  readonly signer: SignerInfo;
}

const most = { algorithms: 8, certificates: 16, attributes: 32 } as const;

/** Throws `RefusedCms` or `MalformedDer`. */
export function readSignedData(cms: Uint8Array): SignedData {
  return readWhole(cms, (reader) => {
    const contentInfo = reader.enter();
    if (contentInfo.readOid() !== contentTypes.signedData) throw new RefusedCms('not-signed-data');
    const explicit = contentInfo.enter(contextConstructed(0));
    contentInfo.end();
    const signedData = readContent(explicit.enter());
    explicit.end();
    return signedData;
  });
}

function readContent(reader: DerReader): SignedData {
  const version = reader.readSmallInteger();
  if (version !== 1 && version !== 3) throw new MalformedDer('bad-version');
  const digests = reader.enter(tags.set).readAll(readAlgorithm, { most: most.algorithms });
  const content = readEncapsulated(reader.enter());
  const certificates = reader.enterIf(contextConstructed(0));
  const found = certificates?.readAll((each) => each.read(tags.sequence).der, { most: most.certificates });
  // CRLs that come along are not asked for: revocation is looked up by us.
  reader.readIf(contextConstructed(1));
  const signers = reader.enter(tags.set);
  reader.end();
  if (signers.isAtEnd) throw new RefusedCms('no-signer');
  const signer = readSignerInfo(signers.enter());
  if (!signers.isAtEnd) throw new RefusedCms('several-signers');
  if (!digests.some(({ oid }) => oid === signer.digestAlgorithm.oid)) {
    throw new MalformedDer('digest-not-announced');
  }
  return { content, certificates: found ?? [], signer };
}

function readEncapsulated(reader: DerReader): Uint8Array {
  if (reader.readOid() !== contentTypes.data) throw new RefusedCms('foreign-content-type');
  const explicit = reader.enterIf(contextConstructed(0));
  reader.end();
  if (!explicit) throw new RefusedCms('detached-content');
  const content = explicit.readOctetString();
  explicit.end();
  return content;
}

function readSignerInfo(reader: DerReader): SignerInfo {
  const version = reader.readSmallInteger();
  const id = readSignerId(reader);
  if (version !== (id.kind === 'subject-key-id' ? 3 : 1)) throw new MalformedDer('bad-version');
  const digestAlgorithm = readAlgorithm(reader);
  const attributes = reader.enterIf(contextConstructed(0));
  if (!attributes) throw new RefusedCms('no-signed-attributes');
  const signedAttributes = attributes.readAll((each) => each.read(tags.sequence).der, {
    most: most.attributes,
  });
  const signatureAlgorithm = readAlgorithm(reader);
  const signature = reader.readOctetString();
  // Nobody signed what is in the unsigned attributes, so nothing is read from them.
  reader.readIf(contextConstructed(1));
  reader.end();
  return { id, digestAlgorithm, signedAttributes, signatureAlgorithm, signature };
}

function readSignerId(reader: DerReader): SignerId {
  if (reader.nextTag === contextPrimitive(0)) {
    const keyId = Buffer.from(reader.readOctetString(contextPrimitive(0))).toString('hex');
    return { kind: 'subject-key-id', keyId };
  }
  const sequence = reader.enter();
  const issuer = readName(sequence).der;
  const serial = Buffer.from(sequence.readInteger()).toString('hex');
  sequence.end();
  return { kind: 'issuer-and-serial', issuer, serial };
}
