/**
 * The program's log. Fields hold no personal data: account ids are allowed; names, national IDs, network
 * addresses, e-mail and every kind of secret are not. Of an `error` only name, code and stack frames are
 * written, never its message, which outside input may have shaped.
 */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface LogFields {
  readonly error?: unknown;
  readonly [field: string]: unknown;
}
