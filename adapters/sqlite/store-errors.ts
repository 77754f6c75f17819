import { HufuError } from '#domain/errors.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html); extended codes keep them in the low byte. */
const resultCode = { busy: 5, locked: 6, constraint: 19, misuse: 21 } as const;

function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}

/** Whether another connection holds the lock: the statement did nothing and may be tried again. */
export function isBusy(error: unknown): boolean {
  const code = resultCodeOf(error);
  return code === resultCode.busy || code === resultCode.locked;
}

/**
 * What callers of a store get to see: `store-unavailable` for everything the file, the disk or the lock is to
 * blame for (FULL, READONLY, IOERR, CANTOPEN, CORRUPT, BUSY …). Faults of our own (constraint, misuse) and errors
 * of other origin stay as they are.
 */
export function asStoreError(error: unknown): unknown {
  if (error instanceof HufuError) return error;
  const code = resultCodeOf(error);
  if (code === undefined) return isSystemError(error) ? unavailable(error, error.code) : error;
  if (code === resultCode.constraint || code === resultCode.misuse) return error;
  return unavailable(error, `sqlite-${code}`);
}

function isSystemError(error: unknown): error is Error & { code: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return 'syscall' in error || error.code === 'ERR_INVALID_STATE'; // the database has been closed
}

function unavailable(cause: unknown, code: string): HufuError {
  return new HufuError('store-unavailable', { cause, facts: { code } });
}
