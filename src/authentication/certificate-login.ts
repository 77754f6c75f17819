/**
 * Login of an official by a card (憑證登入). Order: limit per address → what the card signed (card-signature.ts), whose challenge is then
 * used up → the account that the certificate is bound to → whether that account may log in. A password that is locked, and
 * one-day passwords, have no say in it. The card has proved who it is by then, so every reason may be told.
 */
import { certificateKeyOf } from '#certificates/presented-certificate.ts';
import type { Account } from '#domain/account.ts';
import { isSameCertificate, type CertificateKey } from '#domain/certificate-binding.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import type { CardEvidence, CardSignatureRefusal, VerifyCardSignature } from './card-signature.ts';

export interface CertificateAttempt {
  /** The login in progress that the challenge belongs to. */
  readonly binding: string;
  readonly clientId: string;
  readonly address: string;
  /** Base64 of the CMS structure. */
  readonly signature: string;
}

export type CertificateLoginRefusal = CardSignatureRefusal | 'address-limit' | 'disabled' | 'not-opened';

export type CertificateLoginResult =
  | {
      readonly ok: true;
      readonly account: Account;
      readonly certificate: CertificateKey;
      readonly evidence: CardEvidence;
    }
  | {
      readonly ok: false;
      readonly reason: CertificateLoginRefusal;
      readonly account?: Account;
      readonly evidence: CardEvidence;
    };

export type CertificateLogin = (attempt: CertificateAttempt) => Promise<CertificateLoginResult>;

interface Dependencies {
  readonly limits: Pick<AttemptLimits, 'beginFrom'>;
  readonly verifySignature: VerifyCardSignature;
  readonly accounts: Pick<AccountDirectory, 'findAccountByCertificate'>;
}

const actor = { kind: 'system', purpose: 'login' } as const;

/** Not the sender's doing: whole agencies share one address, and a CRL that is late must not shut them out. */
const notCounted: ReadonlySet<CertificateLoginRefusal> = new Set(['revocation-unknown']);

export function createCertificateLogin(deps: Dependencies): CertificateLogin {
  async function judge({
    binding,
    clientId,
    signature,
  }: CertificateAttempt): Promise<CertificateLoginResult> {
    const proof = await deps.verifySignature({ purpose: 'login', binding, clientId }, signature);
    if (!proof.ok) return proof;
    const { path, evidence } = proof;
    const certificate = certificateKeyOf(path);
    const account = await deps.accounts.findAccountByCertificate(actor, certificate);
    const bound = account?.certificates.find((each) => isSameCertificate(each, certificate));
    // A CA that gave one serial number twice: the other certificate is somebody else's.
    if (!account || bound?.fingerprint !== path.certificate.fingerprint) {
      return { ok: false, reason: 'not-bound', evidence };
    }
    if (account.status !== 'enabled') {
      return { ok: false, reason: account.status, account, evidence };
    }
    return { ok: true, account, certificate, evidence };
  }

  return async (attempt) => {
    const start = await deps.limits.beginFrom(attempt.address);
    if (!start.ok) return { ok: false, reason: start.reason, evidence: {} };
    const result = await judge(attempt).catch(async (error: unknown) => {
      // Counting it would shut people out for what the directory did not answer.
      await start.attempt.giveBack();
      throw error;
    });
    if (result.ok || notCounted.has(result.reason)) await start.attempt.giveBack();
    return result;
  };
}
