/** One question to one OCSP responder: request, nonce, and what its answer means for revocation. */
import type { Random } from '#domain/random.ts';
import type { Certificate } from './certificate.ts';
import type { OcspAsking, RevocationRule, RevocationSources } from './judge-revocation.ts';
import { certIdOf } from './ocsp/cert-id.ts';
import { checkOcspResponse, withoutEndMs, type OcspAnswer } from './ocsp/check-response.ts';
import { encodeOcspRequest, nonceLength } from './ocsp/encode-request.ts';
import type {
  RevocationEvidence,
  RevocationQuestion,
  RevocationReason,
  RevocationStatus,
} from './revocation-checker.ts';

interface Circumstances {
  readonly sources: Pick<RevocationSources, 'findOcspAnswer'>;
  readonly random: Random;
  readonly skewMs: number;
  readonly graceMs: number;
}

export interface AskedResponder {
  readonly status: RevocationStatus;
  /** A delegate whose own revocation has still to be found out. */
  readonly responderToCheck?: Certificate | undefined;
}

export async function askResponder(
  url: string,
  question: RevocationQuestion,
  rule: RevocationRule,
  circumstances: Circumstances,
): Promise<AskedResponder> {
  const { graceMs, sources } = circumstances;
  const answer = await sources.findOcspAnswer(askingOf(url, question, rule, circumstances));
  if (!answer) return { status: { status: 'unknown', detail: 'ocsp-unavailable' } };
  const now = question.time.getTime();
  const end = answer.nextUpdate?.getTime() ?? answer.thisUpdate.getTime() + withoutEndMs;
  if (now >= end + graceMs) return { status: { status: 'unknown', detail: 'ocsp-expired' } };
  return { status: statusOf(answer, question, now >= end), responderToCheck: answer.responderToCheck };
}

function askingOf(
  url: string,
  { certificate, issuer, time }: RevocationQuestion,
  { ocspHash, ocspNonce }: RevocationRule,
  { random, skewMs }: Circumstances,
): OcspAsking {
  const nonce = ocspNonce === 'omit' ? undefined : random.bytes(nonceLength);
  return {
    url,
    issuerKey: issuer.keyId,
    about: certificate.fingerprint,
    request: () => encodeOcspRequest(certIdOf(certificate, issuer, ocspHash), nonce),
    judge: (bytes) =>
      checkOcspResponse(bytes, {
        certificate,
        issuer,
        digest: ocspHash,
        nonce,
        requireNonce: ocspNonce === 'require',
        time,
        skewMs,
      }),
  };
}

function statusOf(
  answer: OcspAnswer,
  { certificate }: RevocationQuestion,
  isInGrace: boolean,
): RevocationStatus {
  const { status, signerKeyId, thisUpdate, nextUpdate, producedAt } = answer;
  const evidence: RevocationEvidence = {
    source: 'ocsp',
    fingerprint: certificate.fingerprint,
    signerKeyId,
    thisUpdate,
    producedAt,
    ...(nextUpdate && { nextUpdate }),
    ...(isInGrace && { isInGrace }),
  };
  if (status.kind === 'revoked') {
    return { status: 'revoked', reason: reasonOf(status.reason), at: status.at, evidence };
  }
  return status.kind === 'good'
    ? { status: 'good', evidence }
    : { status: 'unknown', detail: 'ocsp-unknown' };
}

/** By number of RFC 5280, section 5.3.1; 7 is not used, 8 takes from delta CRLs and means nothing here. */
const reasons: ReadonlyMap<number, RevocationReason> = new Map([
  [1, 'key-compromise'],
  [2, 'ca-compromise'],
  [3, 'affiliation-changed'],
  [4, 'superseded'],
  [5, 'cessation-of-operation'],
  [6, 'certificate-hold'],
  [9, 'privilege-withdrawn'],
  [10, 'aa-compromise'],
]);

function reasonOf(number: number | undefined): RevocationReason {
  return reasons.get(number ?? 0) ?? 'unspecified';
}
