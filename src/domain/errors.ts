/**
 * Every refusal and failure that may reach a person or a caller. `code` is stable and may be read out to a
 * help desk; the words for it are in the message catalogues under `error.<code>`; `cause` is for the log alone.
 */

export const errorStatus = {
  'bad-request': 400,
  'form-expired': 400,
  'cross-site': 403,
  'not-permitted': 403,
  'certificate-needed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-unique': 409,
  'changed-meanwhile': 409,
  'too-large': 413,
  'too-many': 429,
  'wrong-host': 421,
  internal: 500,
  'directory-unavailable': 503,
  'store-unavailable': 503,
  'interaction-gone': 400,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export class HufuError extends Error {
  readonly code: ErrorCode;
  /** Small, harmless facts for the log and for messages, e.g. `{ attribute: 'nationalId' }`. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, options: { cause?: unknown; facts?: Record<string, string> } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HufuError';
    this.code = code;
    this.facts = options.facts ?? {};
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return errorStatus[this.code];
  }
}

export function isHufuError(error: unknown, code?: ErrorCode): error is HufuError {
  return error instanceof HufuError && (code === undefined || error.code === code);
}
