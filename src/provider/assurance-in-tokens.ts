/**
 * Assurance frozen at issue: codes and refresh tokens carry acr and amr by themselves, access tokens get them as
 * extra claims. What is decided later about a token is decided with these, never with today's session.
 */
import type {
  AccessToken,
  AuthorizationCode,
  ClientCredentials,
  Configuration,
  DeviceCode,
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
  const { RefreshToken: refreshed, AuthorizationCode: code, DeviceCode: deviceCode } = ctx.oidc.entities;
  const source = refreshed ?? code ?? deviceCode;
  return source && { acr: source.acr, amr: source.amr, auth_time: source.authTime };
};

/** What tokens are issued from, with the assurance in fields of their own. */
const sourceKinds: ReadonlySet<string> = new Set(['AuthorizationCode', 'DeviceCode', 'RefreshToken']);

/** The assurance that `token` was issued with. */
export function frozenAssurance(token: AccountToken | ClientCredentials): FrozenAssurance {
  if (token.kind === 'AccessToken') return fromExtra(token as AccessToken);
  if (sourceKinds.has(token.kind)) {
    const { acr, amr, authTime, sid } = token as AuthorizationCode | DeviceCode | RefreshToken;
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
