/**
 * How long the password door takes to refuse, by what is wrong: the honest work, which the fixed deadline must cover,
 * and what a stranger sees with the deadline as shipped. A report; that the answers are alike is held by tests.
 */
import { percentile } from './measure.ts';
import { inventedNationalId, password } from './people.ts';
import { startChild } from './child.ts';
import { authorize, hubTarget, postPassword, type Target } from './target.ts';
import { createVisitor } from './visitor.ts';

const samplesOfEach = 20;

/** People of a hub for this report: known ones, disabled ones, and one to be locked. */
export const peopleAsked = 2 * samplesOfEach + 1;

/** Milliseconds from the post of the form to its answer. */
export type EqualAnswers = Readonly<
  Record<string, { readonly samples: number; readonly median: number; readonly p95: number }>
>;

interface Refused {
  readonly name: string;
  /** National ID of the `nth` sample. */
  account(nth: number): string;
  readonly password: string;
}

const wrong = 'Wrong-horse-battery-1';
const ofPerson = (n: number) => inventedNationalId(n + 1);
const lockedAccount = ofPerson(2 * samplesOfEach);

const refusals: readonly Refused[] = [
  { name: 'known, wrong password', account: ofPerson, password: wrong },
  { name: 'unknown', account: (nth) => inventedNationalId(900_000 + nth), password: wrong },
  { name: 'locked', account: () => lockedAccount, password: wrong },
  { name: 'disabled, wrong password', account: (nth) => ofPerson(samplesOfEach + nth), password: wrong },
  { name: 'disabled, right password, wrong code', account: (nth) => ofPerson(samplesOfEach + nth), password },
  { name: 'known, right password, wrong code', account: ofPerson, password },
];

export interface Asking {
  readonly answerMilliseconds: number;
  readonly atOnce: boolean;
  /** Whether the run's time is used up: then the samples taken so far must do. */
  isOver(): boolean;
}

/** Starts a hub of its own. With `atOnce` one refusal of each kind is under way at the same time, else one at all. */
export async function reportEqualAnswers({
  answerMilliseconds,
  atOnce,
  isOver,
}: Asking): Promise<EqualAnswers> {
  const child = await startChild('hub-process.ts', { people: peopleAsked, answerMilliseconds });
  try {
    await child.ask('disable', { from: samplesOfEach, to: 2 * samplesOfEach });
    const target = hubTarget(child);
    await Promise.all(Array.from({ length: 5 }, () => refuse(target, lockedAccount, wrong)));
    const taken = refusals.map((): number[] => []);
    for (let nth = 0; nth < samplesOfEach && !isOver(); nth += 1) {
      const asks = refusals.map((each, kind) => async () => {
        taken[kind]?.push(await refuse(target, each.account(nth), each.password));
      });
      if (atOnce) await Promise.all(asks.map((ask) => ask()));
      else for (const ask of asks) await ask();
    }
    return Object.fromEntries(
      refusals.map(({ name }, kind) => {
        const times = taken[kind] ?? [];
        return [
          name,
          { samples: times.length, median: percentile(times, 0.5), p95: percentile(times, 0.95) },
        ];
      }),
    );
  } finally {
    await child.stop();
  }
}

async function refuse(target: Target, account: string, typed: string): Promise<number> {
  const visitor = createVisitor();
  const { shown: page } = await authorize(target, visitor);
  const posted = await postPassword(visitor, page, { account, password: typed, code: '00000000' });
  if (posted.shown.status !== 422) throw new Error(`a refused login answered ${posted.shown.status}`);
  return posted.answerMs;
}
