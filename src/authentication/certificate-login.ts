/**
 * Login of an official by certificate (憑證登入), signed with by a card or shown in TLS. Order: limit per address → what was shown, which
 * is then used up (card-signature.ts, certificate-in-tls.ts) → the account that the certificate is bound to → whether that account may
 * log in. A password that is locked, and one-day passwords, have no say in it. The certificate has proved who it is by then, so
 * every reason may be told.
 */
import { certificateKeyOf } from '#certificates/presented-certificate.ts';
import type { ValidPath } from '#certificates/verdict.ts';
import type { Account } from '#domain/account.ts';
import { isSameCertificate, type CertificateKey } from '#domain/certificate-binding.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { AttemptLimits } from './attempt-limits.ts';

/** Digests, numbers and times for the audit trail; nothing that tells of a person. */
export type ShownEvidence = Readonly<Record<string, string | undefined>>;

export type ShownVerdict<Reason> =
  | { readonly ok: true; readonly path: ValidPath; readonly evidence: ShownEvidence }
  | { readonly ok: false; readonly reason: Reason; readonly evidence: ShownEvidence };

/** The login in progress, and the relying party that asked for it. */
export interface LoginInProgress {
  readonly binding: string;
  readonly clientId: string;
}

/** Judges what came as proof of a certificate to the login in progress, and uses it up. */
export type VerifyShown<Reason> = (owner: LoginInProgress, shown: string) => Promise<ShownVerdict<Reason>>;

export interface CertificateAttempt extends LoginInProgress {
  readonly address: string;
  /** What proves the certificate: a card's signature, or a proof from TLS. */
  readonly shown: string;
}

export type CertificateLoginRefusal<Reason> =
  | Reason
  | 'not-bound'
  | 'address-limit'
  | 'disabled'
  | 'not-opened';

export type CertificateLoginResult<Reason> =
  | {
      readonly ok: true;
      readonly account: Account;
      readonly certificate: CertificateKey;
      readonly evidence: ShownEvidence;
    }
  | {
      readonly ok: false;
      readonly reason: CertificateLoginRefusal<Reason>;
      readonly account?: Account;
      readonly evidence: ShownEvidence;
    };

export type CertificateLogin<Reason> = (
  attempt: CertificateAttempt,
) => Promise<CertificateLoginResult<Reason>>;

interface Dependencies<Reason> {
  readonly limits: Pick<AttemptLimits, 'beginFrom'>;
  readonly verify: VerifyShown<Reason>;
  readonly accounts: Pick<AccountDirectory, 'findAccountByCertificate'>;
}

const actor = { kind: 'system', purpose: 'login' } as const;

/** Not the sender's guessing: whole agencies share one address, and a CRL that is late, or a loose reader, must not shut them out. */
const notCounted: ReadonlySet<string> = new Set(['revocation-unknown', 'no-certificate']);

export function createCertificateLogin<Reason extends string>(
  deps: Dependencies<Reason>,
): CertificateLogin<Reason> {
  async function judge(attempt: CertificateAttempt): Promise<CertificateLoginResult<Reason>> {
    const { binding, clientId, shown } = attempt;
    const proof = await deps.verify({ binding, clientId }, shown);
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
