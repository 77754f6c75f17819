/**
 * Keeps the criteria that tell of a person, a name or a national ID, for as long as somebody works with a list: an address,
 * a log and a browser's history hold a token that is good in one session alone.
 */
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import { sealingContext, sealingPurpose, type Sealed, type Sealing } from '#domain/sealing.ts';
import { personalNames, type PersonalCriteria } from './criteria.ts';

export interface KeptCriteria {
  /** Gives a token; undefined when there is nothing to keep. */
  keep(sessionUid: string, personal: PersonalCriteria): Promise<string | undefined>;
  /** Undefined: unknown, of another session, or past its time. */
  recall(sessionUid: string, token: string): Promise<PersonalCriteria | undefined>;
}

interface Dependencies {
  readonly store: Pick<OneTimeStore, 'place' | 'peek'>;
  readonly sealing: Pick<Sealing, 'seal' | 'open'>;
  readonly random: Random;
  readonly clock: Clock;
}

/** A working day. */
const keptMs = 10 * 3_600_000;

const schema = z.object({ name: z.string(), nationalId: z.string() });

export function createKeptCriteria({ store, sealing, random, clock }: Dependencies): KeptCriteria {
  const keyOf = (sessionUid: string, token: string) => `search:${sessionUid}:${token}`;
  return {
    async keep(sessionUid, personal) {
      if (personalNames.every((name) => personal[name] === '')) return undefined;
      const token = random.token(16);
      const key = keyOf(sessionUid, token);
      const { name, nationalId } = personal;
      const sealed = sealing.seal(
        JSON.stringify({ name, nationalId }),
        sealingContext(sealingPurpose.search, key),
      );
      await store.place(key, sealed, new Date(clock.now().getTime() + keptMs));
      return token;
    },
    async recall(sessionUid, token) {
      if (!/^[\w-]{22}$/.test(token)) return undefined;
      const key = keyOf(sessionUid, token);
      const sealed = await store.peek(key);
      if (sealed === undefined) return undefined;
      return schema.parse(
        JSON.parse(sealing.open(sealed as Sealed, sealingContext(sealingPurpose.search, key))),
      );
    },
  };
}
