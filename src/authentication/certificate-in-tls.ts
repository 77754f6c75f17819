/**
 * What a browser showed in TLS, judged. Order: the owner's proof, which is used up whatever comes of it → the certificate, by the same
 * function as a card's. That its key was at hand is what TLS proved on the connection that the proof tells of.
 */
import { certificateEvidence } from '#certificates/certificate-evidence.ts';
import type { JudgeCertificate } from '#certificates/judge-certificate.ts';
import type { Refusal } from '#certificates/verdict.ts';
import type { Clock } from '#domain/clock.ts';
import type { CertificateHandovers } from './certificate-handovers.ts';
import type { VerifyShown } from './certificate-login.ts';

export type TlsRefusal =
  | 'no-proof'
  | 'foreign-proof'
  /** The browser offered none: it has none, or the person chose none. */
  | 'no-certificate'
  | Refusal;

interface Dependencies {
  readonly handovers: Pick<CertificateHandovers, 'consumeProof'>;
  readonly judgeCertificate: JudgeCertificate;
  readonly clock: Clock;
}

export function createCertificatesInTls(deps: Dependencies): VerifyShown<TlsRefusal> {
  return async (owner, proof) => {
    const consumed = await deps.handovers.consumeProof(owner, proof);
    if (!consumed.ok) return { ok: false, reason: consumed.reason, evidence: {} };
    const { shown, digest } = consumed;
    const from = { handover: digest, shownTo: shown.to };
    if (!shown.certificate) return { ok: false, reason: 'no-certificate', evidence: from };
    const verdict = await deps.judgeCertificate({
      certificate: shown.certificate,
      purpose: 'mutual-tls',
      time: deps.clock.now(),
    });
    if (verdict.ok)
      return { ok: true, path: verdict, evidence: { ...from, ...certificateEvidence(verdict) } };
    return { ok: false, reason: verdict.reason, evidence: { ...from, detail: verdict.detail } };
  };
}
