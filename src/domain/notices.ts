/** Port to the mails that tell a person something. Each resolves when the mail is durably in the outbox. */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';

export interface Notices {
  /** A check code asked for on the login page. */
  mailedCode(account: Account, code: string, validUntil: Date): Promise<void>;
  /** Instead of a code, to somebody who proved the password but may not log in with it today. */
  passwordLoginClosed(
    account: Account,
    why: 'disabled' | 'not-enabled-today' | 'opening-password-expired',
  ): Promise<void>;
  /** A one-day password was enabled; carries the first code. */
  oneDayPasswordEnabled(account: Account, day: Day, code: string): Promise<void>;
  /** An account was opened for this person: how to begin. */
  accountOpened(account: Account): Promise<void>;
  accountActivated(account: Account): Promise<void>;
  passwordChanged(account: Account): Promise<void>;
  /** A certificate was registered to the account. */
  certificateRegistered(account: Account): Promise<void>;
  /** A certificate was taken away from the account. */
  certificateRemoved(account: Account): Promise<void>;
  /** To an address that somebody wants mail at from now on: the code that proves it. */
  confirmNewAddress(address: string, code: string, validUntil: Date): Promise<void>;
  /** To the address on file until now, `account` being as it was. */
  addressChanged(account: Account): Promise<void>;
  /** To the person who said that what happened at `at` was not them. */
  misuseReported(account: Account, at: Date, passwordClosed: boolean): Promise<void>;
  /** To whom it concerns besides: managers and help desk, each at one of `addresses`. */
  misuseReportedOf(account: Account, addresses: readonly string[], passwordClosed: boolean): Promise<void>;
}
