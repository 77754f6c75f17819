import type { ErrorCode } from '#domain/errors.ts';

/** Errors of an authorization request that must not be sent back to the relying party (OIDC Core 3.1.2.6). */
export type AuthorizationErrorCode =
  | 'invalid_client'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'authorization';

export interface ErrorModel {
  readonly code: ErrorCode | AuthorizationErrorCode;
  readonly status: number;
  /** Where the way out leads; absent where there is none. */
  readonly homeHref?: string;
  /** Where somebody whose login was too weak logs in with a card. */
  readonly logInHref?: string;
}

/** The words that go with the `error` of an OAuth answer. */
export function authorizationErrorCode(error: string): AuthorizationErrorCode {
  return error === 'invalid_client' || error === 'invalid_redirect_uri' || error === 'invalid_request'
    ? error
    : 'authorization';
}
