/**
 * Changing the e-mail address: the new one counts once a code mailed to it has come back, in the session that asked;
 * until then the old one stays in force. Owns the pending change, kept sealed in the protocol store, one an account.
 * Order of confirming: tries, session, code, taken by one caller alone, then the directory, then the old address told.
 */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  emailChangeAsked,
  emailChangeCancelled,
  emailChanged,
  emailCodeRefused,
} from '#audit/profile-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, endOfDay, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { parseMailAddress } from '#domain/mail.ts';
import type { Notices } from '#domain/notices.ts';
import type { CounterStore, OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import { sealingContext, sealingPurpose, type Sealed, type Sealing } from '#domain/sealing.ts';
import { auditedChange } from './audited-change.ts';
import { ownActor } from './own-actor.ts';

export interface EmailChangePolicy {
  readonly digits: number;
  /** Wrong codes allowed a person and day. */
  readonly tries: number;
  readonly resendSeconds: number;
  /** Codes mailed for one person on one day. */
  readonly perDay: number;
}

/** Minutes for which a code is good. */
export const emailCodeMinutes = 30;

export interface PendingEmail {
  readonly address: string;
  readonly validUntil: Date;
  /** Asked for in this session: only here can it be confirmed. */
  readonly here: boolean;
}

export type EmailRefusal = 'malformed' | 'same-address' | 'sent-recently' | 'too-many-today';
export type CodeRefusal =
  | 'no-code'
  | 'other-session'
  | 'wrong-code'
  | 'code-tries-used-up'
  | 'changed-meanwhile';
type Verdict<Reason> = { readonly ok: true } | { readonly ok: false; readonly reason: Reason };

/** `session` is the session's uid that the page was asked in. */
export interface EmailChanges {
  findPending(account: Account, session: string): Promise<PendingEmail | undefined>;
  /** Mails a code to `address`; a change that was pending is forgotten. */
  ask(
    account: Account,
    session: string,
    address: string,
    context: AuditContext,
  ): Promise<Verdict<EmailRefusal>>;
  /** Puts the pending address in force; of several callers at once one succeeds. */
  confirm(
    account: Account,
    session: string,
    code: string,
    context: AuditContext,
  ): Promise<Verdict<CodeRefusal>>;
  /** Forgets the pending change, whichever session asked for it. */
  cancel(account: Account, context: AuditContext): Promise<void>;
}

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'modifyAccount'>;
  readonly store: OneTimeStore;
  readonly counters: CounterStore;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly notices: Pick<Notices, 'confirmNewAddress' | 'addressChanged'>;
  /** Makes the login code of the day that the old address got useless. */
  readonly withdrawCode: (account: Account['id'], day: Day) => Promise<void>;
  readonly policy: EmailChangePolicy;
}

const pendingSchema = z.strictObject({
  address: z.string(),
  /** Address in force when this was asked for. */
  from: z.string(),
  session: z.string(),
  code: z.string(),
  validUntil: z.coerce.date(),
});

type Pending = z.infer<typeof pendingSchema>;

export function createEmailChanges(deps: Dependencies): EmailChanges {
  const { accounts, store, counters, sealing, random, clock, audit, notices, policy } = deps;
  const key = ({ id }: Account) => `email-change:${id}`;
  const contextOf = ({ id }: Account) => sealingContext(sealingPurpose.emailChange, id);
  const codeIndex = ({ id }: Account, session: string, code: string) =>
    sealing.index([id, session, code].join(' '), sealingPurpose.emailChange);

  async function find(account: Account): Promise<{ stored: string; pending: Pending } | undefined> {
    const stored = await store.peek(key(account));
    if (stored === undefined) return undefined;
    const plain = sealing.open(stored as Sealed, contextOf(account));
    return { stored, pending: pendingSchema.parse(JSON.parse(plain)) };
  }

  async function admit(account: Account, address: string): Promise<Verdict<EmailRefusal>> {
    if (parseMailAddress(address) === undefined) return { ok: false, reason: 'malformed' };
    // An address on file that was never confirmed may be confirmed this way.
    if (address === account.contact.email && account.emailConfirmed)
      return { ok: false, reason: 'same-address' };
    const now = clock.now();
    const pause = new Date(now.getTime() + policy.resendSeconds * 1000);
    if (!(await store.placeFirst(`email-change-pause:${account.id}`, '', pause)))
      return { ok: false, reason: 'sent-recently' };
    const day = dayOf(now);
    const sent = await counters.add(`email-changes-asked:${account.id}:${day}`, 1, endOfDay(day));
    return sent.count > policy.perDay ? { ok: false, reason: 'too-many-today' } : { ok: true };
  }

  /** Takes the pending change if `code` confirms it. */
  async function redeem(
    account: Account,
    session: string,
    code: string,
  ): Promise<
    { readonly ok: true; readonly pending: Pending } | Extract<Verdict<CodeRefusal>, { ok: false }>
  > {
    const day = dayOf(clock.now());
    const triesKey = `email-change-tries:${account.id}:${day}`;
    const tries = await counters.add(triesKey, 1, endOfDay(day));
    const giveBack = () => counters.add(triesKey, -1, tries.expiresAt);
    if (tries.count > policy.tries) {
      await giveBack();
      return { ok: false, reason: 'code-tries-used-up' };
    }
    const found = await find(account);
    if (found?.pending.session !== session) {
      // There is nothing to guess at here: it uses up no try.
      await giveBack();
      return { ok: false, reason: found ? 'other-session' : 'no-code' };
    }
    if (!isEqual(codeIndex(account, session, code), found.pending.code))
      return { ok: false, reason: 'wrong-code' };
    const taken = await store.takeIfEqual(key(account), found.stored);
    await giveBack();
    return taken ? { ok: true, pending: found.pending } : { ok: false, reason: 'no-code' };
  }

  async function putInForce(
    account: Account,
    { address, from }: Pending,
    context: AuditContext,
  ): Promise<boolean> {
    const seen = await accounts.findAccount(ownActor(account), account.id);
    // Somebody else has given the account another address meanwhile: theirs stands.
    if (!seen || (seen.contact.email ?? '') !== from) return false;
    const event = emailChanged(context, {
      account: seen,
      revision: seen.revision + 1,
      changes: { email: { ...(from !== '' && { before: from }), after: address } },
    });
    const change = { contact: { email: address }, emailConfirmed: true };
    await auditedChange(audit, event, () =>
      accounts.modifyAccount(ownActor(seen), seen.id, seen.revision, change),
    );
    await deps.withdrawCode(seen.id, dayOf(clock.now()));
    if (from !== address) await notices.addressChanged(seen);
    return true;
  }

  return {
    async findPending(account, session) {
      const found = await find(account);
      if (!found) return undefined;
      const { address, validUntil, session: asked } = found.pending;
      return { address, validUntil, here: asked === session };
    },

    async ask(account, session, typed, context) {
      const address = typed.trim();
      const verdict = await admit(account, address);
      await audit.record(emailChangeAsked(context, account, address.slice(0, 254), verdict));
      if (!verdict.ok) return verdict;
      const validUntil = new Date(clock.now().getTime() + emailCodeMinutes * 60_000);
      const code = random.digits(policy.digits);
      const pending: Pending = {
        address,
        from: account.contact.email ?? '',
        session,
        code: codeIndex(account, session, code),
        validUntil,
      };
      await store.place(key(account), sealing.seal(JSON.stringify(pending), contextOf(account)), validUntil);
      await notices.confirmNewAddress(address, code, validUntil);
      return verdict;
    },

    async confirm(account, session, code, context) {
      const redeemed = await redeem(account, session, code);
      if (!redeemed.ok) {
        await audit.record(emailCodeRefused(context, account, redeemed.reason));
        return redeemed;
      }
      const inForce = await putInForce(account, redeemed.pending, context).catch((error: unknown) => {
        if (isHufuError(error, 'changed-meanwhile')) return false;
        // It was taken and nothing came of it: the person gets another chance with the same code.
        if (error instanceof HufuError) return restore(account, redeemed.pending, error);
        throw error;
      });
      return inForce ? { ok: true } : { ok: false, reason: 'changed-meanwhile' };
    },

    async cancel(account, context) {
      if ((await store.take(key(account))) === undefined) return;
      await audit.record(emailChangeCancelled(context, account));
    },
  };

  async function restore(account: Account, pending: Pending, cause: HufuError): Promise<never> {
    const sealed = sealing.seal(JSON.stringify(pending), contextOf(account));
    await store.placeFirst(key(account), sealed, pending.validUntil);
    throw cause;
  }
}

function isEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
