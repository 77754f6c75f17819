/** Answers an OCSP request (RFC 6960) about certificates of one issuer. */
import { OCSPRequest } from 'pkijs';
import type { Authority } from './authority.ts';
import { digest, spkiBits, type Hash } from './keys.ts';
import { mintOcspError, mintOcspResponse } from './mint-ocsp-response.ts';
import type { Pki } from './mint-pki.ts';
import type { RevocationLedger } from './revocation-ledger.ts';

interface Asked {
  readonly pki: Pki;
  readonly ledger: RevocationLedger;
  readonly issuer: Authority;
  /** DER. */
  readonly request: Uint8Array;
  readonly now: Date;
}

const answerMs = 300_000;
const nonceOid = '1.3.6.1.5.5.7.48.1.2';
const hashes: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
};

interface ReadRequest {
  readonly serial: Buffer;
  readonly hash: Hash;
  readonly isOfIssuer: boolean;
  readonly nonce?: Buffer;
}

/** DER of the answer: malformed, unauthorized (about another issuer's), or the status. */
export function answerOcsp({ pki, ledger, issuer, request, now }: Asked): Buffer {
  const read = readRequest(request, issuer);
  if (!read) return mintOcspError(1);
  if (!read.isOfIssuer) return mintOcspError(6);
  return mintOcspResponse({
    issuer,
    serial: read.serial,
    status: ledger.statusOf(issuer, read.serial),
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + answerMs),
    responder: pki.responder(issuer),
    idHash: read.hash,
    ...(read.nonce && { nonce: read.nonce }),
  });
}

/** Undefined: not a request about exactly one certificate. */
function readRequest(bytes: Uint8Array, issuer: Authority): ReadRequest | undefined {
  let request: OCSPRequest;
  try {
    request = OCSPRequest.fromBER(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
  const { requestList, requestExtensions = [] } = request.tbsRequest;
  const [first] = requestList;
  const hash = first && hashes[first.reqCert.hashAlgorithm.algorithmId];
  if (!first || !hash || requestList.length !== 1) return undefined;
  const { issuerNameHash, issuerKeyHash, serialNumber } = first.reqCert;
  const nonce = requestExtensions.find(({ extnID }) => extnID === nonceOid)?.extnValue.valueBlock
    .valueHexView;
  return {
    serial: magnitude(serialNumber.valueBlock.valueHexView),
    hash,
    isOfIssuer:
      digest(hash, issuer.subject).equals(issuerNameHash.valueBlock.valueHexView) &&
      digest(hash, spkiBits(issuer.publicKey)).equals(issuerKeyHash.valueBlock.valueHexView),
    ...(nonce && { nonce: withinOctets(nonce) }),
  };
}

function magnitude(integer: Uint8Array): Buffer {
  return Buffer.from(integer[0] === 0 && integer.length > 1 ? integer.subarray(1) : integer);
}

/** RFC 8954 puts the nonce into an OCTET STRING of its own; older clients do not. */
function withinOctets(value: Uint8Array): Buffer {
  const isWrapped = value[0] === 0x04 && value[1] === value.length - 2;
  return Buffer.from(isWrapped ? value.subarray(2) : value);
}
