import type { SourceFailure } from '#domain/trust-sources.ts';

/** Nothing usable came from an address. The code is fit for logs and operators. */
export class TrustFetchError extends Error {
  readonly code: SourceFailure;

  constructor(code: SourceFailure, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'TrustFetchError';
    this.code = code;
  }
}

/** The code of anything thrown while fetching or keeping. */
export function failureOf(error: unknown): SourceFailure {
  return error instanceof TrustFetchError ? error.code : 'disk';
}
