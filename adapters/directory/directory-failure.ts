/** What the directory's refusals and the network's failures mean to the program. */
import { ResultCodeError } from 'ldapts';
import { HufuError, type ErrorCode } from '#domain/errors.ts';
import { TimeLimitError } from './time-limit.ts';

/** Result codes that single operations have answers of their own for. */
export const resultCode = {
  noSuchAttribute: 16,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  invalidAttributeSyntax: 21,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  unwillingToPerform: 53,
  objectClassViolation: 65,
  notAllowedOnNonLeaf: 66,
  entryAlreadyExists: 68,
} as const;

interface Decision {
  readonly name: string;
  readonly code: ErrorCode;
  /** The server says that it has done nothing and cannot now: another one is asked, for a write too. */
  readonly elsewhere?: boolean;
}

/**
 * The decision for each result code (RFC 4511 §4.1.9 and appendix A, RFC 3909, RFC 4528) that no operation has an
 * answer of its own for. `directory-unavailable`: the directory cannot serve now or is not set up for us, which time
 * or an operator mends. `bad-request`: a value of the caller's. `internal`: we asked what makes no sense, a fault of ours.
 */
export const resultDecisions: Readonly<Record<number, Decision>> = {
  1: { name: 'operationsError', code: 'directory-unavailable' },
  2: { name: 'protocolError', code: 'internal' },
  3: { name: 'timeLimitExceeded', code: 'directory-unavailable' },
  4: { name: 'sizeLimitExceeded', code: 'directory-unavailable' },
  7: { name: 'authMethodNotSupported', code: 'directory-unavailable' },
  8: { name: 'strongerAuthRequired', code: 'directory-unavailable' },
  10: { name: 'referral', code: 'directory-unavailable' },
  11: { name: 'adminLimitExceeded', code: 'directory-unavailable' },
  12: { name: 'unavailableCriticalExtension', code: 'directory-unavailable' },
  13: { name: 'confidentialityRequired', code: 'directory-unavailable' },
  14: { name: 'saslBindInProgress', code: 'internal' },
  16: { name: 'noSuchAttribute', code: 'internal' },
  17: { name: 'undefinedAttributeType', code: 'internal' },
  18: { name: 'inappropriateMatching', code: 'internal' },
  19: { name: 'constraintViolation', code: 'internal' },
  20: { name: 'attributeOrValueExists', code: 'internal' },
  21: { name: 'invalidAttributeSyntax', code: 'bad-request' },
  32: { name: 'noSuchObject', code: 'directory-unavailable' },
  33: { name: 'aliasProblem', code: 'internal' },
  34: { name: 'invalidDNSyntax', code: 'internal' },
  36: { name: 'aliasDereferencingProblem', code: 'internal' },
  48: { name: 'inappropriateAuthentication', code: 'directory-unavailable' },
  49: { name: 'invalidCredentials', code: 'directory-unavailable' },
  50: { name: 'insufficientAccessRights', code: 'directory-unavailable' },
  51: { name: 'busy', code: 'directory-unavailable', elsewhere: true },
  52: { name: 'unavailable', code: 'directory-unavailable', elsewhere: true },
  53: { name: 'unwillingToPerform', code: 'directory-unavailable' },
  54: { name: 'loopDetect', code: 'directory-unavailable' },
  64: { name: 'namingViolation', code: 'internal' },
  65: { name: 'objectClassViolation', code: 'bad-request' },
  66: { name: 'notAllowedOnNonLeaf', code: 'internal' },
  67: { name: 'notAllowedOnRDN', code: 'internal' },
  68: { name: 'entryAlreadyExists', code: 'internal' },
  69: { name: 'objectClassModsProhibited', code: 'internal' },
  71: { name: 'affectsMultipleDSAs', code: 'internal' },
  80: { name: 'other', code: 'directory-unavailable' },
  118: { name: 'canceled', code: 'directory-unavailable' },
  122: { name: 'assertionFailed', code: 'internal' },
};

export function resultCodeOf(error: unknown): number | undefined {
  // 248 is ldapts's own: the connection ended without an answer.
  return error instanceof ResultCodeError && error.code !== 248 ? error.code : undefined;
}

export function isElsewhere(code: number): boolean {
  return resultDecisions[code]?.elsewhere === true;
}

/** The answer lies on another server. We follow nobody's pointers: our identity's password would go where they lead. */
export function referralRefused(): HufuError {
  return new HufuError('directory-unavailable', { facts: { resultCode: '10', reason: 'referral' } });
}

/** The error that reaches callers for one that nobody expected. Its facts name the result, for the log. */
export function directoryFailure(cause: unknown): HufuError {
  if (cause instanceof HufuError) return cause;
  const code = resultCodeOf(cause);
  if (code === undefined) {
    const facts = cause instanceof TimeLimitError ? { reason: 'no-answer' } : {};
    return new HufuError('directory-unavailable', { cause, facts });
  }
  const decision = resultDecisions[code];
  const facts = { resultCode: String(code), ...(decision ? { reason: decision.name } : {}) };
  return new HufuError(decision?.code ?? 'internal', { cause, facts });
}
