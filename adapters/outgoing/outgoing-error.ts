export type OutgoingErrorCode =
  | 'address-not-permitted'
  | 'answer-too-large'
  | 'timeout'
  | 'tls'
  | 'unreachable';

/** A call that a relying party did not answer, or that was not made at all. The code is fit for logs and operators. */
export class OutgoingError extends Error {
  readonly code: OutgoingErrorCode;

  constructor(code: OutgoingErrorCode, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'OutgoingError';
    this.code = code;
  }
}
