/** Why a mail did not leave; stable words for the outbox. */
export type MailErrorCode =
  | 'mail-unreachable'
  | 'mail-timeout'
  | 'mail-tls'
  | 'mail-login'
  | 'mail-refused'
  | 'mail-address'
  | 'mail-failed';

/**
 * A mail that was not taken. The cause quotes what the server said and may hold an address: it is for debugging by
 * hand, never for the log.
 */
export class MailError extends Error {
  readonly code: MailErrorCode;

  constructor(code: MailErrorCode, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'MailError';
    this.code = code;
  }
}
