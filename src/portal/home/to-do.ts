import { graceEnd, passwordEnd } from '#authentication/password-login-rules.ts';
import { certificateStanding } from '#accounts/certificate-rules.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { formatDateTime } from '#pages/date-time.ts';
import type { ToDo } from './home-model.ts';

export interface ToDoPolicy {
  /** Hours from activation in which the password works without being enabled. */
  readonly graceHours: number;
  /** Days after which a password must be changed. */
  readonly maxAgeDays: number;
  /** Days before the end of a certificate from which its owner is warned. */
  readonly certificateWarnDays: number;
  /** Where a card is registered; absent where there are no certificate logins. */
  readonly registerHref?: string;
}

/** Days before its term in which a password is warned of. */
const warnDays = 14;

/** What this person still has to do, most pressing first. */
export function toDoOf(account: Account, now: Date, policy: ToDoPolicy): readonly ToDo[] {
  const until = graceEnd(account, policy);
  const inGrace = until !== undefined && now < until;
  return [
    ...(account.certificates.length === 0 ? [registerCard(policy)] : []),
    ...certificateTerm(account, now, policy),
    ...(inGrace ? [{ id: 'password-window', until: formatDateTime(until) } as const] : []),
    ...(!inGrace && account.password.oneDay?.day === dayOf(now) ? [{ id: 'password-today' } as const] : []),
    ...passwordTerm(passwordEnd(account, policy), now),
  ];
}

function registerCard({ registerHref }: ToDoPolicy): ToDo {
  return { id: 'register-card', ...(registerHref !== undefined && { href: registerHref }) };
}

/** Of the certificates that have ended or will soon, the one that ends first. */
function certificateTerm(account: Account, now: Date, policy: ToDoPolicy): readonly ToDo[] {
  const [first] = account.certificates.toSorted((a, b) => a.notAfter.getTime() - b.notAfter.getTime());
  if (!first) return [];
  const standing = certificateStanding(first, now, policy.certificateWarnDays);
  if (standing !== 'ending' && standing !== 'expired') return [];
  const { registerHref } = policy;
  const until = formatDateTime(first.notAfter);
  return [
    { id: `certificate-${standing}`, until, ...(registerHref !== undefined && { href: registerHref }) },
  ];
}

function passwordTerm(end: Date | undefined, now: Date): readonly ToDo[] {
  if (!end || now.getTime() < end.getTime() - warnDays * 24 * 3_600_000) return [];
  const href = '/password';
  if (now >= end) return [{ id: 'password-expired', href }];
  return [{ id: 'password-expiring', until: formatDateTime(end), href }];
}
