/** A login in progress: what has been proved so far, kept in the protocol store until every step is done. */
import { z } from 'zod';
import type { AccountId } from '#domain/account.ts';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';

/** A step that somebody who has proved who they are must still take. */
export type RemainingStep = 'rules-of-use' | 'change-password';

/** Something the login form says once, after a step has led back to it. */
export type LoginNotice = 'activated' | 'expired';

const provenSchema = z.object({
  accountId: z.string().transform((text) => text as AccountId),
  /** The account as it was proved; after any change of it the proof is void. */
  revision: z.int(),
  method: z.enum(['opening-password', 'one-day-password', 'certificate', 'certificate-tls']),
  /** When the first factor was given: `auth_time`. */
  provenAt: z.coerce.date(),
  mailConfirmed: z.boolean(),
  remaining: z.array(z.enum(['rules-of-use', 'change-password'])),
  agreedVersion: z.string().exactOptional(),
  /** Why a new password is asked for, where it is not the opening password's. */
  asksChange: z.enum(['one-day', 'expired']).exactOptional(),
});

const transactionSchema = z.object({
  proven: provenSchema.exactOptional(),
  notice: z.enum(['activated', 'expired']).exactOptional(),
});

export type ProvenPerson = z.infer<typeof provenSchema>;
export type Transaction = z.infer<typeof transactionSchema>;

export interface Transactions {
  /** The transaction of the interaction `uid`; an empty one at the beginning. */
  find(uid: string): Promise<Transaction>;
  save(uid: string, transaction: Transaction): Promise<void>;
  remove(uid: string): Promise<void>;
}

const lifetime = 30 * 60_000;

export function createTransactions(store: OneTimeStore, clock: Clock): Transactions {
  const key = (uid: string) => `login:${uid}`;
  return {
    async find(uid) {
      const value = await store.peek(key(uid));
      return value === undefined ? {} : transactionSchema.parse(JSON.parse(value));
    },
    async save(uid, transaction) {
      await store.place(key(uid), JSON.stringify(transaction), new Date(clock.now().getTime() + lifetime));
    },
    async remove(uid) {
      await store.take(key(uid));
    },
  };
}
