/**
 * Limits on attempts: wrong passwords per name as typed (unknown names too), failures per network address.
 * An attempt is counted before it is judged and given back when it was good, so that attempts in parallel cannot
 * exceed the limit. Names and addresses are kept as keyed hashes; of an IPv6 address its /64 network counts.
 */
import type { Clock } from '#domain/clock.ts';
import type { CounterStore, OneTimeStore } from '#domain/protocol-store.ts';
import { sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { networkOf } from './network-of.ts';

export interface AttemptPolicy {
  /** Wrong passwords that lock the name, and for how long. */
  readonly failures: number;
  readonly lockMinutes: number;
  /** Failed attempts allowed per address in a window. */
  readonly perAddress: number;
  readonly addressMinutes: number;
}

export type AttemptStart =
  | { readonly ok: true; readonly attempt: Attempt }
  | { readonly ok: false; readonly reason: 'locked' | 'address-limit' };

export interface Attempt {
  /** The password was right: wrong ones before it are forgotten. */
  forgive(): Promise<void>;
  /** The password was wrong, or nothing was found under the name. */
  fail(): Promise<void>;
  /** Nobody could judge the password, e.g. because the directory was down: the attempt counts for nothing. */
  abandon(): Promise<void>;
}

export type AnonymousStart =
  | { readonly ok: true; readonly attempt: AnonymousAttempt }
  | { readonly ok: false; readonly reason: 'address-limit' };

/** An attempt that names nobody. It counts against its address unless it is given back. */
export interface AnonymousAttempt {
  /** It was good, or nobody could judge it. */
  giveBack(): Promise<void>;
}

export interface AttemptLimits {
  /** Starts an attempt on `name` from `address`. */
  begin(name: string, address: string): Promise<AttemptStart>;
  /** Starts an attempt from `address` that names nobody: a card says who it is only when it has been judged. */
  beginFrom(address: string): Promise<AnonymousStart>;
}

interface Dependencies {
  readonly counters: CounterStore;
  readonly store: OneTimeStore;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly policy: AttemptPolicy;
}

/** Failures are added up over a day: five spread over hours lock as well as five in a minute. */
const memory = 24 * 3_600_000;

export function createAttemptLimits({
  counters,
  store,
  sealing,
  clock,
  policy,
}: Dependencies): AttemptLimits {
  const inMinutes = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000);

  const addressKeyOf = (address: string) =>
    `failures-from:${sealing.index(networkOf(address), sealingPurpose.address)}`;

  return {
    async beginFrom(address) {
      const addressKey = addressKeyOf(address);
      const fromAddress = await counters.add(addressKey, 1, inMinutes(policy.addressMinutes));
      if (fromAddress.count > policy.perAddress) return { ok: false, reason: 'address-limit' };
      const giveBack = async () => {
        await counters.add(addressKey, -1, fromAddress.expiresAt);
      };
      return { ok: true, attempt: { giveBack } };
    },
    async begin(name, address) {
      const nameKey = sealing.index(canonicalName(name), sealingPurpose.loginName);
      const addressKey = addressKeyOf(address);
      const failuresKey = `failures-on:${nameKey}`;
      const lockKey = `locked:${nameKey}`;

      const fromAddress = await counters.add(addressKey, 1, inMinutes(policy.addressMinutes));
      if (fromAddress.count > policy.perAddress) return { ok: false, reason: 'address-limit' };
      const onName = await counters.add(failuresKey, 1, new Date(clock.now().getTime() + memory));
      // Counted first, looked at second: whoever is counted after a lock was placed sees the lock.
      const locked = (await store.peek(lockKey)) !== undefined;
      // One more than the limit means that as many are being judged at this moment.
      if (locked || onName.count > policy.failures) {
        await counters.add(failuresKey, -1, onName.expiresAt);
        return { ok: false, reason: 'locked' };
      }
      return {
        ok: true,
        attempt: {
          async forgive() {
            await Promise.all([
              counters.reset(failuresKey),
              counters.add(addressKey, -1, fromAddress.expiresAt),
            ]);
          },
          async abandon() {
            await Promise.all([
              counters.add(failuresKey, -1, onName.expiresAt),
              counters.add(addressKey, -1, fromAddress.expiresAt),
            ]);
          },
          async fail() {
            if (onName.count < policy.failures) return;
            await store.place(lockKey, '', inMinutes(policy.lockMinutes));
            // After the lock has ended one more wrong password locks again.
            await counters.add(failuresKey, -1, onName.expiresAt);
          },
        },
      };
    },
  };
}

/** Variants that a directory or a person would take for the same name count together. */
function canonicalName(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}
