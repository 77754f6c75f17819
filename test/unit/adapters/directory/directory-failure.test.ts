import { describe, expect, it } from 'vitest';
import { StatusCodeParser } from 'ldapts';
import { HufuError } from '#domain/errors.ts';
import { directoryFailure, resultCodeOf } from '#adapters/directory/directory-failure.ts';

/** An error as ldapts makes it of a result of the directory. */
function resultError(status: number): Error {
  const parse: (result: never) => Error = StatusCodeParser.parse;
  return parse({ status, errorMessage: 'said by the directory' } as never);
}

describe('a failure of the directory', () => {
  it.each([1, 3, 4, 8, 11, 13, 32, 48, 49, 50, 51, 52, 53, 80])(
    'with result %i is unavailability',
    (code) => {
      expect(directoryFailure(resultError(code))).toMatchObject({
        code: 'directory-unavailable',
        facts: { resultCode: String(code) },
      });
    },
  );

  it.each([21, 65])('with result %i is a bad request', (code) => {
    expect(directoryFailure(resultError(code)).code).toBe('bad-request');
  });

  it.each([2, 16, 17, 18, 19, 20, 34, 64, 66, 68, 69, 71, 122])(
    'with result %i is a fault of ours',
    (code) => {
      expect(directoryFailure(resultError(code)).code).toBe('internal');
    },
  );

  it('of the network is unavailability, and keeps its cause', () => {
    const cause = new Error('connect ECONNREFUSED');
    expect(directoryFailure(cause)).toMatchObject({ code: 'directory-unavailable', cause });
  });

  it('that is understood already stays as it is', () => {
    const known = new HufuError('not-found');
    expect(directoryFailure(known)).toBe(known);
  });

  it('has no result code when the connection ended without one', () => {
    expect(resultCodeOf(StatusCodeParser.parse(undefined))).toBeUndefined();
    expect(resultCodeOf(new Error('x'))).toBeUndefined();
    expect(resultCodeOf(resultError(122))).toBe(122);
  });
});
