/** Which lines of an import are taken out of the program as a file, in the order of the file it was, read a piece at a time. */
import type { ImportLine, ImportLines, ImportLineState } from '#domain/import-jobs.ts';

/** Lines to be mended, or the accounts that were opened. */
export type LinesTaken = 'faulty' | 'opened';

export const takenStates = {
  faulty: ['faulty', 'refused'],
  opened: ['brought-in', 'kept'],
} as const satisfies Record<LinesTaken, readonly ImportLineState[]>;

const linesAtOnce = 500;

export async function* linesToTake(
  lines: Pick<ImportLines, 'readLines'>,
  jobId: string,
  what: LinesTaken,
): AsyncGenerator<ImportLine> {
  for (let after = 0; ;) {
    const read = await lines.readLines(jobId, { states: takenStates[what], after, limit: linesAtOnce });
    yield* read;
    after = read.at(-1)?.line ?? after;
    if (read.length < linesAtOnce) return;
  }
}
