/** What the directory's refusals and the network's failures mean to the program. */
import { ResultCodeError } from 'ldapts';
import { HufuError } from '#domain/errors.ts';

/** Result codes of RFC 4511 §4.1.9 and appendix A that are told apart. */
export const resultCode = {
  noSuchAttribute: 16,
  constraintViolation: 19,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  objectClassViolation: 65,
  entryAlreadyExists: 68,
} as const;

export function resultCodeOf(error: unknown): number | undefined {
  // 248 is ldapts's own: the connection ended without an answer.
  return error instanceof ResultCodeError && error.code !== 248 ? error.code : undefined;
}

/** ldapts gives up waiting with a plain error, told apart by its words alone. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timed out|timeout/i.test(error.message);
}

/** Codes that say that the directory cannot serve now or is not set up for us, not that the request was wrong. */
const unavailable = new Set([
  1, // operationsError
  3, // timeLimitExceeded
  4, // sizeLimitExceeded
  8, // strongerAuthRequired
  10, // referral
  11, // adminLimitExceeded
  13, // confidentialityRequired
  32, // noSuchObject: the tree is missing
  48, // inappropriateAuthentication
  49, // invalidCredentials: ours
  50, // insufficientAccessRights
  51, // busy
  52, // unavailable
  53, // unwillingToPerform
  80, // other: the store beneath is full or broken
]);

/** Codes that a value of the caller's brings about: one that its syntax refuses, or a required one that is empty. */
const malformed: ReadonlySet<number> = new Set([
  resultCode.invalidAttributeSyntax,
  resultCode.objectClassViolation,
]);

/** The error that reaches callers for one that nobody expected. */
export function directoryFailure(cause: unknown): HufuError {
  if (cause instanceof HufuError) return cause;
  const code = resultCodeOf(cause);
  if (code === undefined) return new HufuError('directory-unavailable', { cause });
  const facts = { resultCode: String(code) };
  if (unavailable.has(code)) return new HufuError('directory-unavailable', { cause, facts });
  if (malformed.has(code)) return new HufuError('bad-request', { cause, facts });
  return new HufuError('internal', { cause, facts });
}
