import { graceEnd } from '#authentication/password-login-rules.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { formatDateTime } from '#pages/date-time.ts';
import type { ToDo } from './home-model.ts';

/** What this person still has to do, most pressing first. */
export function toDoOf(account: Account, now: Date, graceHours: number): readonly ToDo[] {
  const until = graceEnd(account, { graceHours });
  const inGrace = until !== undefined && now < until;
  return [
    ...(account.certificateCount === 0 ? [{ id: 'register-card' } as const] : []),
    ...(inGrace ? [{ id: 'password-window', until: formatDateTime(until) } as const] : []),
    ...(!inGrace && account.password.oneDay?.day === dayOf(now) ? [{ id: 'password-today' } as const] : []),
  ];
}
