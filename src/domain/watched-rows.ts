/** Rows that leave the program, for as long as whoever asked for them may have them. */
import { HufuError } from './errors.ts';

/** Whether rights, scope and session are still those that it was begun with. */
export type MayGoOn = () => Promise<boolean>;

export interface RowsLeft {
  readonly count: number;
  /** `broken-off`: nobody read on, or reading failed. */
  readonly ending: 'whole' | 'broken-off' | 'rights-changed';
}

/** So many leave at most after the rights to them have ended. */
const checkedEvery = 200;

/**
 * Before the first and then again and again `mayGoOn` is asked; when not, it ends with `not-permitted`. However it ends, `note`
 * is told how many have left.
 */
export async function* watchedRows<Row>(
  rows: AsyncIterable<Row>,
  mayGoOn: MayGoOn,
  note: (left: RowsLeft) => Promise<unknown>,
): AsyncGenerator<Row> {
  let count = 0;
  let ending: RowsLeft['ending'] = 'broken-off';
  try {
    for await (const row of rows) {
      if (count % checkedEvery === 0 && !(await mayGoOn())) {
        ending = 'rights-changed';
        throw new HufuError('not-permitted', { facts: { reason: ending } });
      }
      count += 1;
      yield row;
    }
    ending = 'whole';
  } finally {
    await note({ count, ending });
  }
}

/** What the trail says of it. */
export function evidenceOf({ count, ending }: RowsLeft): Readonly<Record<string, string>> {
  return {
    count: String(count),
    whole: ending === 'whole' ? 'yes' : 'no',
    ...(ending === 'rights-changed' && { ending }),
  };
}
