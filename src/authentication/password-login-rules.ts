/** When an official's password opens a login (domain §3, §4). Pure. */
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';

export type PasswordLoginVerdict =
  /** Only activation: rules of use, then a new password. */
  | { readonly ok: true; readonly way: 'opening' }
  /** Within the time given after activation to register the card. */
  | { readonly ok: true; readonly way: 'grace'; readonly until: Date }
  /** Enabled by a manager for today. */
  | { readonly ok: true; readonly way: 'one-day'; readonly mustChange: boolean }
  | { readonly ok: false; readonly reason: 'disabled' | 'not-enabled-today' | 'opening-password-expired' };

export interface PasswordLoginPolicy {
  /** Hours from activation in which the password works without being enabled. */
  readonly graceHours: number;
  /** Whether the one-day password is offered at all. */
  readonly oneDayEnabled: boolean;
}

export function judgePasswordLogin(
  account: Account,
  now: Date,
  policy: PasswordLoginPolicy,
): PasswordLoginVerdict {
  const today = dayOf(now);
  if (account.status === 'disabled') return { ok: false, reason: 'disabled' };
  if (account.status === 'not-opened') {
    return account.password.openingDay === today
      ? { ok: true, way: 'opening' }
      : { ok: false, reason: 'opening-password-expired' };
  }
  const until = graceEnd(account, policy);
  if (until && now < until) return { ok: true, way: 'grace', until };
  if (!policy.oneDayEnabled || account.password.oneDay?.day !== today)
    return { ok: false, reason: 'not-enabled-today' };
  const { changedAt } = account.password;
  return { ok: true, way: 'one-day', mustChange: changedAt === undefined || dayOf(changedAt) !== today };
}

/** Why a login that was accepted must change the password before it goes on; undefined where it need not. */
export function changeAsked(
  account: Account,
  verdict: Extract<PasswordLoginVerdict, { ok: true }>,
  now: Date,
  policy: PasswordAgePolicy,
): 'one-day' | 'expired' | undefined {
  const end = passwordEnd(account, policy);
  if (end && now >= end) return 'expired';
  return verdict.way === 'one-day' && verdict.mustChange ? 'one-day' : undefined;
}

export interface PasswordAgePolicy {
  /** Days after which a password must be changed. */
  readonly maxAgeDays: number;
}

const dayLength = 24 * 3_600_000;

/** When the password must be changed; undefined where it is not known since when it stands. */
export function passwordEnd(
  { password }: Pick<Account, 'password'>,
  { maxAgeDays }: PasswordAgePolicy,
): Date | undefined {
  return password.changedAt && new Date(password.changedAt.getTime() + maxAgeDays * dayLength);
}

/** From when on the person may change the password without being asked to; undefined: at any time. */
export function passwordChangeableFrom(
  { password }: Pick<Account, 'password'>,
  { minAgeDays }: { readonly minAgeDays: number },
): Date | undefined {
  return password.changedAt && new Date(password.changedAt.getTime() + minAgeDays * dayLength);
}

/** When the time given to register a card ends; undefined once a card is registered, or before activation. */
export function graceEnd(
  account: Account,
  policy: Pick<PasswordLoginPolicy, 'graceHours'>,
): Date | undefined {
  if (account.certificates.length > 0 || !account.activatedAt) return undefined;
  return new Date(account.activatedAt.getTime() + policy.graceHours * 3_600_000);
}
