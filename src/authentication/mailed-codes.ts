/**
 * Mailed check codes (Email檢查碼): one live code a person and day, kept as a keyed hash. A code mailed at enabling is
 * bound to person and day; one asked for on the login page to that login as well, and it ends the one before.
 * Tries are counted a person and day, over all codes.
 */
import { timingSafeEqual } from 'node:crypto';
import type { AccountId } from '#domain/account.ts';
import { dayOf, endOfDay, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { CounterStore, OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import { sealingPurpose, type Sealing } from '#domain/sealing.ts';

export interface MailedCodePolicy {
  readonly digits: number;
  /** Wrong codes allowed a person and day. */
  readonly tries: number;
  /** Life of a code asked for on the login page. */
  readonly lifetimeMinutes: number;
  /** Least time between two codes to one person. */
  readonly resendSeconds: number;
  /** Codes mailed to one person on one day from the login page. */
  readonly perDay: number;
}

export interface IssuedCode {
  readonly code: string;
  readonly validUntil: Date;
}

export type CodeVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong-code' | 'no-code' | 'code-tries-used-up' };

export interface MailedCodes {
  /** Whether another mail may go to this person now; counts it. False a moment after the last, or after too many today. */
  admitMail(account: AccountId): Promise<boolean>;
  /** A code for the login `binding`; the code before it is dead. */
  issueForLogin(account: AccountId, binding: string): Promise<IssuedCode>;
  /** A code for `day`, good in any browser until the day ends. */
  issueForDay(account: AccountId, day: Day): Promise<IssuedCode>;
  /** Withdraws the live code of `day`. */
  withdraw(account: AccountId, day: Day): Promise<void>;
  /** Consumes the live code if `typed` is it and it is good for the login `binding`. */
  redeem(account: AccountId, binding: string, typed: string): Promise<CodeVerdict>;
}

interface Dependencies {
  readonly store: OneTimeStore;
  readonly counters: CounterStore;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly clock: Clock;
  readonly policy: MailedCodePolicy;
}

const anyBrowser = 'day';

export function createMailedCodes({
  store,
  counters,
  sealing,
  random,
  clock,
  policy,
}: Dependencies): MailedCodes {
  const codeKey = (account: AccountId, day: Day) => `mailed-code:${account}:${day}`;
  const pauseKey = (account: AccountId) => `mailed-code-pause:${account}`;
  const triesKey = (account: AccountId, day: Day) => `mailed-code-tries:${account}:${day}`;

  /** What is stored: whom the code is bound to, and its keyed hash. */
  const record = (account: AccountId, binding: string, code: string) =>
    `${binding} ${sealing.index([account, binding, code].join(' '), sealingPurpose.mailedCode)}`;

  async function place(account: AccountId, day: Day, binding: string, validUntil: Date): Promise<IssuedCode> {
    const code = random.digits(policy.digits);
    await store.place(codeKey(account, day), record(account, binding, code), validUntil);
    return { code, validUntil };
  }

  return {
    async admitMail(account) {
      const now = clock.now();
      const pause = new Date(now.getTime() + policy.resendSeconds * 1000);
      if (!(await store.placeFirst(pauseKey(account), '', pause))) return false;
      const day = dayOf(now);
      const sentToday = await counters.add(`mailed-codes-sent:${account}:${day}`, 1, endOfDay(day));
      return sentToday.count <= policy.perDay;
    },

    async issueForLogin(account, binding) {
      const now = clock.now();
      const day = dayOf(now);
      const life = now.getTime() + policy.lifetimeMinutes * 60_000;
      return place(account, day, binding, new Date(Math.min(life, endOfDay(day).getTime())));
    },

    issueForDay: (account, day) => place(account, day, anyBrowser, endOfDay(day)),

    async withdraw(account, day) {
      await store.take(codeKey(account, day));
    },

    async redeem(account, binding, typed) {
      const day = dayOf(clock.now());
      const tries = await counters.add(triesKey(account, day), 1, endOfDay(day));
      if (tries.count > policy.tries) {
        // One more than the limit may mean that as many are being judged at this moment, some of them rightly.
        await counters.add(triesKey(account, day), -1, tries.expiresAt);
        return { ok: false, reason: 'code-tries-used-up' };
      }
      const stored = await store.peek(codeKey(account, day));
      if (stored === undefined) {
        // Nothing to guess at: an attempt without a live code uses up no try.
        await counters.add(triesKey(account, day), -1, tries.expiresAt);
        return { ok: false, reason: 'no-code' };
      }
      const bound = stored.startsWith(`${anyBrowser} `) ? anyBrowser : binding;
      if (!isEqual(record(account, bound, typed), stored)) return { ok: false, reason: 'wrong-code' };
      // Of several right answers at the same moment one gets it.
      const taken = await store.takeIfEqual(codeKey(account, day), stored);
      await counters.add(triesKey(account, day), -1, tries.expiresAt);
      if (!taken) return { ok: false, reason: 'no-code' };
      // Whoever has used a code may ask for the next at once, as after activation.
      await store.take(pauseKey(account));
      return { ok: true };
    },
  };
}

function isEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
