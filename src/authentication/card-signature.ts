/**
 * What a card signed, judged. Order: the owner's challenge, which is used up whatever comes of it → the signed message over exactly
 * that challenge → the certificate it was made with, for the purpose. What was found is given as evidence, good or bad.
 */
import { certificateEvidence } from '#certificates/certificate-evidence.ts';
import { verifySignedData } from '#certificates/cms/verify-signed-data.ts';
import type { JudgeCertificate, JudgePurpose } from '#certificates/judge-certificate.ts';
import type { Refusal } from '#certificates/verdict.ts';
import type { Clock } from '#domain/clock.ts';
import type { ShownVerdict } from './certificate-login.ts';
import type {
  ChallengeOwner,
  ChallengePurpose,
  ChallengeVerdict,
  SignedChallenges,
} from './signed-challenges.ts';

export type CardSignatureRefusal =
  | Extract<ChallengeVerdict, { ok: false }>['reason']
  /** The message is not what a card signs, or its signature does not hold; `evidence.detail` says which. */
  | 'bad-signature'
  | Refusal;

export type CardSignatureResult = ShownVerdict<CardSignatureRefusal>;

/** Judges base64 text of a CMS structure over the live challenge of `owner`. */
export type VerifyCardSignature = (owner: ChallengeOwner, signature: string) => Promise<CardSignatureResult>;

interface Dependencies {
  readonly challenges: Pick<SignedChallenges, 'consume'>;
  readonly judgeCertificate: JudgeCertificate;
  readonly clock: Clock;
}

/** A signed message with one certificate has about 3,000 characters; with a whole chain some 12,000. */
export const mostSignatureCharacters = 32_768;

const purposes = { login: 'login', register: 'registration', review: 'login' } as const satisfies Record<
  ChallengePurpose,
  JudgePurpose
>;

export function createCardSignatures(deps: Dependencies): VerifyCardSignature {
  return async (owner, signature) => {
    const consumed = await deps.challenges.consume(owner);
    if (!consumed.ok) return { ok: false, reason: consumed.reason, evidence: {} };
    const { challenge } = consumed;
    const asked = { challenge: challenge.digest };
    const time = deps.clock.now();
    const cms = fromBase64(signature);
    if (!cms) return { ok: false, reason: 'bad-signature', evidence: { ...asked, detail: 'not-base64' } };
    const signed = verifySignedData({ cms, content: Buffer.from(challenge.text, 'ascii'), time });
    if (!signed.ok) {
      const { detail } = signed;
      const evidence = {
        ...asked,
        detail: detail === undefined ? signed.reason : `${signed.reason} ${detail}`,
      };
      return { ok: false, reason: toldAs(signed.reason), evidence };
    }
    const { signer: certificate, others } = signed;
    const verdict = await deps.judgeCertificate({
      certificate,
      others,
      purpose: purposes[owner.purpose],
      time,
    });
    if (verdict.ok)
      return { ok: true, path: verdict, evidence: { ...asked, ...certificateEvidence(verdict) } };
    const { fingerprint } = certificate;
    return { ok: false, reason: verdict.reason, evidence: { ...asked, fingerprint, detail: verdict.detail } };
  };
}

/** What the person can do something about keeps its name. */
function toldAs(reason: string): CardSignatureRefusal {
  if (reason === 'foreign-content') return 'foreign-challenge';
  return reason === 'weak-algorithm' ? 'weak-algorithm' : 'bad-signature';
}

/** Undefined unless it is base64 through and through; components wrap lines. */
function fromBase64(text: string): Buffer | undefined {
  const bare = text.replaceAll(/[\r\n]/g, '');
  if (bare === '' || bare.length > mostSignatureCharacters || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare))
    return undefined;
  return Buffer.from(bare, 'base64');
}
