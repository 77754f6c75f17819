/**
 * Judges an OCSP answer (RFC 6960, section 3.2): that it is about this very certificate, signed by its issuer or by whom the issuer
 * delegated, of now, and the answer to our question. Whether an answer may still be used later is the caller's matter.
 */
import { findSignatureAlgorithm, isSignedBy } from '../algorithms.ts';
import { MalformedCertificate, type Certificate } from '../certificate.ts';
import { MalformedDer } from '../der/der-reader.ts';
import { judgeKey } from '../public-key.ts';
import { certIdOf, isSameCertId, type CertIdDigest } from './cert-id.ts';
import { findResponder, type OcspSigner } from './find-responder.ts';
import {
  readOcspResponse,
  type BasicResponse,
  type CertStatus,
  type SingleResponse,
} from './read-response.ts';

export const ocspRefusals = [
  'malformed',
  'responder-error',
  'other-certificate',
  'unsupported',
  'wrong-nonce',
  'no-nonce',
  'untrusted-responder',
  'weak-algorithm',
  'wrong-signature',
  'not-yet-valid',
  'expired',
] as const;

export type OcspRefusal = (typeof ocspRefusals)[number];

export interface OcspQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly digest: CertIdDigest;
  /** What was sent. */
  readonly nonce: Uint8Array | undefined;
  /** Whether an answer without nonce is refused. */
  readonly requireNonce: boolean;
  readonly time: Date;
  /** By how much the responder's clock may be ahead, in milliseconds. */
  readonly skewMs: number;
}

export interface OcspAnswer {
  readonly status: CertStatus;
  readonly producedAt: Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** SHA-256 of the signer's SubjectPublicKeyInfo; hex. */
  readonly signerKeyId: string;
  /** A delegated responder of which it has still to be found out that it was not revoked. */
  readonly responderToCheck: Certificate | undefined;
}

export type OcspVerdict =
  | { readonly ok: true; readonly answer: OcspAnswer }
  | { readonly ok: false; readonly reason: OcspRefusal };

/** How long an answer counts that names no end: there may be a newer one at any time (section 4.2.2.1). */
export const withoutEndMs = 10 * 60_000;

export function checkOcspResponse(bytes: Uint8Array, question: OcspQuestion): OcspVerdict {
  try {
    return judge(bytes, question);
  } catch (error) {
    if (error instanceof MalformedDer || error instanceof MalformedCertificate) return refuse('malformed');
    throw error;
  }
}

function judge(bytes: Uint8Array, question: OcspQuestion): OcspVerdict {
  const response = readOcspResponse(bytes);
  if (response.status === 'error') return refuse('responder-error');
  const { basic } = response;
  const single = findSingle(basic, question);
  if (!single) return refuse('other-certificate');
  if (basic.unknownCritical.length > 0 || single.unknownCritical.length > 0) return refuse('unsupported');
  const fault = faultOfNonce(basic, question) ?? faultOfTimes(basic, single, question);
  if (fault) return refuse(fault);
  const signer = findResponder(basic, question);
  if (!signer) return refuse('untrusted-responder');
  const signatureFault = faultOfSignature(basic, signer);
  if (signatureFault) return refuse(signatureFault);
  const { status, thisUpdate, nextUpdate } = single;
  return {
    ok: true,
    answer: {
      status,
      producedAt: basic.producedAt,
      thisUpdate,
      nextUpdate,
      signerKeyId: signer.certificate.keyId,
      responderToCheck: signer.mustBeChecked ? signer.certificate : undefined,
    },
  };
}

/** The one answer about the certificate; two that could differ are none. */
function findSingle({ responses }: BasicResponse, question: OcspQuestion): SingleResponse | undefined {
  const wanted = certIdOf(question.certificate, question.issuer, question.digest);
  const found = responses.filter(({ certId }) => isSameCertId(certId, wanted));
  return found.length === 1 ? found[0] : undefined;
}

function faultOfNonce({ nonce }: BasicResponse, question: OcspQuestion): OcspRefusal | undefined {
  if (question.nonce === undefined) return undefined;
  if (nonce === undefined) return question.requireNonce ? 'no-nonce' : undefined;
  return Buffer.compare(nonce, question.nonce) === 0 ? undefined : 'wrong-nonce';
}

function faultOfTimes(
  { producedAt }: BasicResponse,
  { thisUpdate, nextUpdate }: SingleResponse,
  { time, skewMs }: OcspQuestion,
): OcspRefusal | undefined {
  const now = time.getTime();
  const latest = now + skewMs;
  if (thisUpdate.getTime() > latest || producedAt.getTime() > latest) return 'not-yet-valid';
  const end = nextUpdate?.getTime() ?? thisUpdate.getTime() + withoutEndMs;
  return end < thisUpdate.getTime() || end <= now - skewMs ? 'expired' : undefined;
}

function faultOfSignature(basic: BasicResponse, { certificate }: OcspSigner): OcspRefusal | undefined {
  const judged = judgeKey(certificate.publicKeyInfo);
  const algorithm = findSignatureAlgorithm(basic.signatureAlgorithm);
  if (!judged.ok || !algorithm) return 'weak-algorithm';
  const { tbs: data, signature } = basic;
  return isSignedBy(judged.key, { algorithm, data, signature }) ? undefined : 'wrong-signature';
}

function refuse(reason: OcspRefusal): OcspVerdict {
  return { ok: false, reason };
}
