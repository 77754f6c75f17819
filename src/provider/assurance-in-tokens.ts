/**
 * Assurance frozen at issue: codes and refresh tokens carry acr and amr by themselves, access tokens get them as
 * extra claims. What is decided later about a token is decided with these, never with today's session.
 */
import type {
  AccessToken,
  AuthorizationCode,
  ClientCredentials,
  Configuration,
  FindAccount,
  RefreshToken,
} from 'oidc-provider';

export interface FrozenAssurance {
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** Seconds since the epoch. */
  readonly authTime?: number;
  readonly sid?: string;
}

export type AccountToken = NonNullable<Parameters<FindAccount>[2]>;

export const extraTokenClaims: NonNullable<Configuration['extraTokenClaims']> = (ctx, token) => {
  if (token.kind === 'ClientCredentials') return undefined;
  const source = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode;
  return source && { acr: source.acr, amr: source.amr, auth_time: source.authTime };
};

/** The assurance that `token` was issued with. */
export function frozenAssurance(token: AccountToken | ClientCredentials): FrozenAssurance {
  if (token.kind === 'AccessToken') return fromExtra(token as AccessToken);
  if (token.kind === 'AuthorizationCode' || token.kind === 'RefreshToken') {
    const { acr, amr, authTime, sid } = token as AuthorizationCode | RefreshToken;
    return { ...(acr && { acr }), ...(amr && { amr }), ...(authTime && { authTime }), ...(sid && { sid }) };
  }
  return {};
}

function fromExtra({ extra, sid }: AccessToken): FrozenAssurance {
  const { acr, amr, auth_time: authTime } = extra ?? {};
  return {
    ...(typeof acr === 'string' && { acr }),
    ...(Array.isArray(amr) && { amr: amr.map(String) }),
    ...(typeof authTime === 'number' && { authTime }),
    ...(sid && { sid }),
  };
}
