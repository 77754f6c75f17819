/**
 * The mails to account holders: words from the catalogue, delivery through the outbox. Written in the deployment's
 * language; no name and no account in them, since a mailbox may be read by others.
 */
import type { Account } from '#domain/account.ts';
import { endOfDay, dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { MailMessage } from '#domain/mail.ts';
import type { Notices } from '#domain/notices.ts';
import type { Outbox } from '#domain/records.ts';
import type { Language } from '#http/request-state.ts';
import { formatDateTime } from './date-time.ts';
import { translate, type MessageParams } from './messages/translate.ts';

interface Dependencies {
  readonly outbox: Pick<Outbox, 'enqueue'>;
  /** Tells the delivery that there is something to do. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly language: Language;
  /** Name of the service. */
  readonly site: string;
  /** Help desk, as a line of text. */
  readonly helpDesk: string;
  /** Hours in which a password works after activation. */
  readonly graceHours: number;
}

type Subject =
  | 'mail.checkCode'
  | 'mail.oneDayEnabled'
  | 'mail.opened'
  | 'mail.activated'
  | 'mail.passwordChanged'
  | 'mail.certificateRegistered'
  | 'mail.certificateRemoved'
  | 'mail.confirmAddress'
  | 'mail.addressChanged'
  | 'mail.misuse'
  | 'mail.misuseOf'
  | 'mail.closed';
type Body =
  | Exclude<Subject, 'mail.closed' | 'mail.misuse' | 'mail.misuseOf'>
  | `mail.${'misuse' | 'misuseOf'}.${'open' | 'passwordClosed'}`
  | `mail.closed.${Parameters<Notices['passwordLoginClosed']>[1]}`;

const threeDays = 3 * 24 * 3_600_000;

export function createMailNotices(deps: Dependencies): Notices {
  const { outbox, wake, clock, language, site, helpDesk } = deps;

  async function send(
    account: Account,
    subject: Subject,
    body: Body,
    params: MessageParams,
    expiresAt: Date,
  ): Promise<void> {
    const to = account.contact.email;
    // Somebody without an address is told by the manager; there is nothing to send.
    if (to !== undefined) await sendTo(to, subject, body, params, expiresAt);
  }

  async function sendTo(
    to: string,
    subject: Subject,
    body: Body,
    params: MessageParams,
    expiresAt: Date,
  ): Promise<void> {
    const all = { site, helpDesk, ...params };
    const message: MailMessage = {
      to,
      subject: translate(language, `${subject}.subject`, all),
      text: translate(language, `${body}.body`, all),
    };
    await outbox.enqueue({ kind: 'mail', body: JSON.stringify(message), expiresAt });
    wake();
  }

  const now = () => clock.now();
  const later = (milliseconds: number) => new Date(now().getTime() + milliseconds);
  /** That something was done, and when. */
  const tell = (subject: Subject & Body) => (account: Account) =>
    send(account, subject, subject, { at: formatDateTime(now()) }, later(threeDays));

  return {
    mailedCode: (account, code, validUntil) =>
      send(
        account,
        'mail.checkCode',
        'mail.checkCode',
        { code, until: formatDateTime(validUntil) },
        validUntil,
      ),
    passwordLoginClosed: (account, why) =>
      send(account, 'mail.closed', `mail.closed.${why}`, {}, endOfDay(dayOf(now()))),
    oneDayPasswordEnabled: (account, day, code) =>
      send(account, 'mail.oneDayEnabled', 'mail.oneDayEnabled', { day, code }, endOfDay(day)),
    accountOpened: (account) =>
      send(
        account,
        'mail.opened',
        'mail.opened',
        { day: account.password.openingDay ?? account.openedOn },
        endOfDay(account.password.openingDay ?? account.openedOn),
      ),
    accountActivated: (account) =>
      send(
        account,
        'mail.activated',
        'mail.activated',
        { at: formatDateTime(now()), until: formatDateTime(later(deps.graceHours * 3_600_000)) },
        later(threeDays),
      ),
    passwordChanged: tell('mail.passwordChanged'),
    certificateRegistered: tell('mail.certificateRegistered'),
    certificateRemoved: tell('mail.certificateRemoved'),
    confirmNewAddress: (address, code, validUntil) =>
      sendTo(
        address,
        'mail.confirmAddress',
        'mail.confirmAddress',
        { code, until: formatDateTime(validUntil) },
        validUntil,
      ),
    addressChanged: tell('mail.addressChanged'),
    misuseReported: (account, at, passwordClosed) =>
      send(
        account,
        'mail.misuse',
        `mail.misuse.${passwordClosed ? 'passwordClosed' : 'open'}`,
        { at: formatDateTime(at), now: formatDateTime(now()) },
        later(threeDays),
      ),
    async misuseReportedOf(account, addresses, passwordClosed) {
      const body = `mail.misuseOf.${passwordClosed ? 'passwordClosed' : 'open'}` as const;
      const unit = account.unit?.name ?? account.agency.name;
      const params = { now: formatDateTime(now()), unit, account: account.id };
      for (const to of addresses) await sendTo(to, 'mail.misuseOf', body, params, later(threeDays));
    },
  };
}
