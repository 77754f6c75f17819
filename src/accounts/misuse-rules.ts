/** What follows when somebody says of an entry of their log that it was not them (這不是我). Pure. */
import type { Account } from '#domain/account.ts';
import type { AccountTrailEntry } from '#domain/account-trail.ts';
import type { Day } from '#domain/calendar.ts';

/** Done by whoever logged in as the person, or tried to; a manager's acts are for the manager to answer. */
const reportable: ReadonlySet<string> = new Set([
  'login.attempt',
  'login-code.send',
  'admission.check',
  'device.approve',
  'session.log-out',
  'account.activate',
  'account.agree-to-rules',
  'password.change',
  'certificate.register',
  'certificate.remove',
  'profile.change',
  'email.ask',
  'email.change',
  'email.cancel',
  'consent.give',
  'consent.withdraw',
]);

export function isReportable({ action, actor }: AccountTrailEntry, accountId: string): boolean {
  return reportable.has(action) && (actor === 'anonymous' || actor === `person:${accountId}`);
}

/** Refusals of a password login that come after the password was found right. */
const passwordWasRight: ReadonlySet<string> = new Set([
  'wrong-code',
  'no-code',
  'code-tries-used-up',
  'disabled',
  'not-enabled-today',
  'opening-password-expired',
  'no-address',
  'sent-recently',
]);

/** Whether the entry shows that whoever it was knew the password. */
export function showsPasswordKnown(entry: AccountTrailEntry): boolean {
  const { action, outcome, reason = '', evidence } = entry;
  const byPassword =
    action === 'login-code.send' || (action === 'login.attempt' && evidence['method'] !== 'certificate');
  return byPassword ? outcome === 'done' || passwordWasRight.has(reason) : setThePassword(entry);
}

function setThePassword({ action, outcome }: AccountTrailEntry): boolean {
  return outcome === 'done' && (action === 'password.change' || action === 'account.activate');
}

export interface MisusePolicy {
  /** Whether a password that somebody else knows opens nothing until a manager brings the opening password back. */
  readonly closesPassword: boolean;
}

export interface MisuseConsequences {
  /** The password stops working. */
  readonly closesPassword: boolean;
  /** A one-day password that is enabled today is taken back. */
  readonly withdrawsOneDayPassword: boolean;
}

export function misuseConsequences(
  entry: AccountTrailEntry,
  { password }: Pick<Account, 'password'>,
  today: Day,
  policy: MisusePolicy,
): MisuseConsequences {
  // Changed since, it is another password by now; the change itself may be what is reported.
  const isStillTheSame =
    password.changedAt === undefined ||
    setThePassword(entry) ||
    password.changedAt.getTime() <= entry.time.getTime();
  return {
    closesPassword: policy.closesPassword && password.set && isStillTheSame && showsPasswordKnown(entry),
    withdrawsOneDayPassword: password.oneDay?.day === today,
  };
}
