import { graceEnd, passwordEnd } from '#authentication/password-login-rules.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { formatDateTime } from '#pages/date-time.ts';
import type { ToDo } from './home-model.ts';

export interface ToDoPolicy {
  /** Hours from activation in which the password works without being enabled. */
  readonly graceHours: number;
  /** Days after which a password must be changed. */
  readonly maxAgeDays: number;
}

/** Days before its term in which a password is warned of. */
const warnDays = 14;

/** What this person still has to do, most pressing first. */
export function toDoOf(account: Account, now: Date, policy: ToDoPolicy): readonly ToDo[] {
  const until = graceEnd(account, policy);
  const inGrace = until !== undefined && now < until;
  return [
    ...(account.certificates.length === 0 ? [{ id: 'register-card' } as const] : []),
    ...(inGrace ? [{ id: 'password-window', until: formatDateTime(until) } as const] : []),
    ...(!inGrace && account.password.oneDay?.day === dayOf(now) ? [{ id: 'password-today' } as const] : []),
    ...passwordTerm(passwordEnd(account, policy), now),
  ];
}

function passwordTerm(end: Date | undefined, now: Date): readonly ToDo[] {
  if (!end || now.getTime() < end.getTime() - warnDays * 24 * 3_600_000) return [];
  const href = '/password';
  if (now >= end) return [{ id: 'password-expired', href }];
  return [{ id: 'password-expiring', until: formatDateTime(end), href }];
}
