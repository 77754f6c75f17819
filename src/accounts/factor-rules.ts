/** From which session a way to log in may be added or taken away (settled: enrolling or revealing a factor). Pure. */
import type { Account } from '#domain/account.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';

export interface FactorPolicy {
  /** Minutes after a certificate login in which a way to log in may be added or taken away. */
  readonly freshMinutes: number;
  /** Whether other full sessions may add one too. */
  readonly fromOtherSessions: boolean;
}

/** What is known of the session that asks. */
export interface AskingSession {
  readonly level: AssuranceLevel;
  readonly loggedInAt: Date;
}

/** `certificate-needed`: log in with the card. `too-long-ago`: with the card again. */
export type FactorRefusal = 'certificate-needed' | 'too-long-ago';

export function isFactorRefusal(reason: string): reason is FactorRefusal {
  return reason === 'certificate-needed' || reason === 'too-long-ago';
}

export type FactorVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: FactorRefusal };

/** Taking a way in away, or showing a secret: after a certificate login a moment ago, and from nowhere else. */
export function mayRemoveFactor(session: AskingSession, now: Date, policy: FactorPolicy): FactorVerdict {
  if (session.level < 3) return { ok: false, reason: 'certificate-needed' };
  const age = now.getTime() - session.loggedInAt.getTime();
  return age <= policy.freshMinutes * 60_000 ? { ok: true } : { ok: false, reason: 'too-long-ago' };
}

/**
 * Registering a certificate: likewise; and with a password and second factor as long as none is registered, which is
 * how everybody begins (domain §3), or once all have run out, since nobody can log in with those to renew them; or
 * always where the deployment sets it so.
 */
export function mayRegisterCertificate(
  account: Pick<Account, 'certificates'>,
  session: AskingSession,
  now: Date,
  policy: FactorPolicy,
): FactorVerdict {
  const isBeginning = session.level === 2 && account.certificates.every(({ notAfter }) => notAfter < now);
  const isAdmitted = session.level >= 2 && policy.fromOtherSessions;
  return isBeginning || isAdmitted ? { ok: true } : mayRemoveFactor(session, now, policy);
}
