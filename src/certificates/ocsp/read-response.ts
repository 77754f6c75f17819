/** Reads an OCSP answer (RFC 6960, section 4.2). What it says is judged by `check-response.ts`. */
import { readAlgorithm, type AlgorithmIdentifier } from '../algorithm-identifier.ts';
import { MalformedDer, readWhole, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, contextPrimitive, tags } from '../der/tags.ts';
import { readName } from '../distinguished-name.ts';
import { readExtensionList } from '../extensions/extensions.ts';
import { readCertId, type CertId } from './cert-id.ts';
import { nonceOid } from './encode-request.ts';

export type ResponderId =
  | { readonly kind: 'name'; readonly name: Uint8Array }
  /** SHA-1 of the responder's public key. */
  | { readonly kind: 'key'; readonly digest: Uint8Array };

export type CertStatus =
  | { readonly kind: 'good' | 'unknown' }
  /** `reason`: number of RFC 5280, section 5.3.1. */
  | { readonly kind: 'revoked'; readonly at: Date; readonly reason: number | undefined };

export interface SingleResponse {
  readonly certId: CertId;
  readonly status: CertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** OIDs of critical extensions: none is known here. */
  readonly unknownCritical: readonly string[];
}

export interface BasicResponse {
  /** What is signed. */
  readonly tbs: Uint8Array;
  readonly responderId: ResponderId;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
  readonly unknownCritical: readonly string[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** DER of each. */
  readonly certificates: readonly Uint8Array[];
}

export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicResponse }
  | { readonly status: 'error'; readonly code: number };

const basicOid = '1.3.6.1.5.5.7.48.1.1';
const most = { responses: 64, certificates: 8 } as const;

/** Throws `MalformedDer`. */
export function readOcspResponse(bytes: Uint8Array): OcspResponse {
  return readWhole(bytes, (reader) => {
    const sequence = reader.enter();
    const code = sequence.readSmallInteger(tags.enumerated);
    if (code !== 0) return { status: 'error', code };
    const explicit = sequence.enter(contextConstructed(0));
    sequence.end();
    const responseBytes = explicit.enter();
    explicit.end();
    if (responseBytes.readOid() !== basicOid) throw new MalformedDer('not-a-basic-response');
    const basic = readWhole(responseBytes.readOctetString(), readBasic);
    responseBytes.end();
    return { status: 'successful', basic };
  });
}

function readBasic(reader: DerReader): BasicResponse {
  const sequence = reader.enter();
  const start = sequence.offset;
  const data = readData(sequence.enter());
  const tbs = sequence.since(start);
  const signatureAlgorithm = readAlgorithm(sequence);
  const { bytes: signature, unusedBits } = sequence.readBitString();
  if (unusedBits !== 0) throw new MalformedDer('bad-signature-value');
  const explicit = sequence.enterIf(contextConstructed(0));
  const certificates = explicit
    ?.enter()
    .readAll((each) => each.read(tags.sequence).der, { most: most.certificates });
  explicit?.end();
  sequence.end();
  return { ...data, tbs, signatureAlgorithm, signature, certificates: certificates ?? [] };
}

function readData(
  data: DerReader,
): Omit<BasicResponse, 'tbs' | 'signatureAlgorithm' | 'signature' | 'certificates'> {
  // DEFAULT v1, and there is no other.
  const version = data.enterIf(contextConstructed(0));
  if (version && version.readSmallInteger() !== 0) throw new MalformedDer('bad-version');
  version?.end();
  const responderId = readResponderId(data);
  const producedAt = data.readTime();
  const responses = data.enter().readAll(readSingle, { least: 1, most: most.responses });
  const { nonce, unknownCritical } = readExtensionsAt(data, 1);
  data.end();
  return { responderId, producedAt, responses, nonce, unknownCritical };
}

function readResponderId(data: DerReader): ResponderId {
  if (data.nextTag === contextConstructed(1)) {
    const explicit = data.enter(contextConstructed(1));
    const name = readName(explicit).der;
    explicit.end();
    return { kind: 'name', name };
  }
  const explicit = data.enter(contextConstructed(2));
  const digest = explicit.readOctetString();
  explicit.end();
  return { kind: 'key', digest };
}

function readSingle(list: DerReader): SingleResponse {
  const single = list.enter();
  const certId = readCertId(single);
  const status = readStatus(single);
  const thisUpdate = single.readTime();
  const next = single.enterIf(contextConstructed(0));
  const nextUpdate = next?.readTime();
  next?.end();
  const { unknownCritical } = readExtensionsAt(single, 1);
  single.end();
  return { certId, status, thisUpdate, nextUpdate, unknownCritical };
}

function readStatus(single: DerReader): CertStatus {
  if (single.nextTag === contextConstructed(1)) {
    const revoked = single.enter(contextConstructed(1));
    const at = revoked.readTime();
    const explicit = revoked.enterIf(contextConstructed(0));
    const reason = explicit?.readSmallInteger(tags.enumerated);
    explicit?.end();
    revoked.end();
    return { kind: 'revoked', at, reason };
  }
  const { tag, content } = single.read();
  if (content.length > 0) throw new MalformedDer('bad-status');
  if (tag === contextPrimitive(0)) return { kind: 'good' };
  if (tag === contextPrimitive(2)) return { kind: 'unknown' };
  throw new MalformedDer('bad-status');
}

function readExtensionsAt(
  reader: DerReader,
  number: number,
): Pick<BasicResponse, 'nonce' | 'unknownCritical'> {
  const explicit = reader.enterIf(contextConstructed(number));
  if (!explicit) return { nonce: undefined, unknownCritical: [] };
  const list = readExtensionList(explicit);
  explicit.end();
  const nonce = list.get(nonceOid)?.value;
  const critical = [...list.values()].filter(({ oid, isCritical }) => isCritical && oid !== nonceOid);
  return {
    nonce: nonce && readWhole(nonce, (value) => value.readOctetString()),
    unknownCritical: critical.map(({ oid }) => oid),
  };
}
