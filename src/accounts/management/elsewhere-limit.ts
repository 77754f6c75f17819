/**
 * Who opens an account for somebody who has one out of sight is told that there is one, and no more. To ask this of number
 * after number would tell who has an account anywhere; so of each manager and program only so many such answers are given
 * in a day. Then nothing is opened, whoever it is for: a refusal of those alone who have one would be the answer itself.
 */
import { actorName, scopeOf, type Actor } from '#domain/actor.ts';
import type { Clock } from '#domain/clock.ts';
import type { CounterStore } from '#domain/protocol-store.ts';

export type ElsewhereStart =
  | { readonly ok: true; readonly attempt: ElsewhereAttempt }
  | { readonly ok: false };

/** Counted while it is tried, so that many at once do not exceed the limit by much. One of the two ends it. */
export interface ElsewhereAttempt {
  /** The answer was that there is an account elsewhere. */
  keep(): Promise<void>;
  giveBack(): Promise<void>;
}

export interface ElsewhereLimit {
  begin(actor: Actor): Promise<ElsewhereStart>;
}

interface Dependencies {
  readonly counters: Pick<CounterStore, 'add' | 'read'>;
  readonly clock: Clock;
  /** Answers in 24 hours from the first. */
  readonly perDay: number;
}

const dayMs = 24 * 3_600_000;

/** As many lines as an import brings in at once: while they are tried they are not taken for answers. */
const inFlight = 24;

const unlimited: ElsewhereStart = {
  ok: true,
  attempt: { keep: async () => undefined, giveBack: async () => undefined },
};

export function createElsewhereLimit({ counters, clock, perDay }: Dependencies): ElsewhereLimit {
  return {
    async begin(actor) {
      // To whoever sees everything nobody is elsewhere.
      if (scopeOf(actor).kind === 'all') return unlimited;
      const answered = `elsewhere-answered:${actorName(actor)}`;
      const tried = `elsewhere-tried:${actorName(actor)}`;
      const ends = new Date(clock.now().getTime() + dayMs);
      // Counted first, looked at second: whoever is counted after an answer was given sees it.
      const { count, expiresAt } = await counters.add(tried, 1, ends);
      const giveBack = async () => void (await counters.add(tried, -1, expiresAt));
      const given = (await counters.read(answered))?.count ?? 0;
      if (given >= perDay || count > perDay + inFlight) {
        await giveBack();
        return { ok: false };
      }
      return {
        ok: true,
        attempt: { giveBack, keep: async () => void (await counters.add(answered, 1, ends)) },
      };
    },
  };
}
