/**
 * The `claims` parameter (OpenID Connect Core, section 5.5). It asks for single claims; it never gets what the client's registered scopes
 * would not give, nor `national_id` in an ID token. What may not be had is left out of the request, as section 5.5.1 has it
 * for claims that cannot be returned, before anybody is asked for consent.
 */
import type { AccountClaims, Configuration } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';
import { claimsByScope } from './claims.ts';

type Settings = NonNullable<NonNullable<Configuration['features']>['claimsParameter']>;

export function claimsParameterSettings(
  findRelyingParty: (clientId: string) => RelyingParty | undefined,
): Settings {
  return {
    enabled: true,
    assertClaimsParameter(ctx, claims, client) {
      const allowed = claimsAllowed(findRelyingParty(client.clientId)?.scopes ?? []);
      const { params } = ctx.oidc;
      if (!params) return;
      params['claims'] = JSON.stringify({
        ...(claims.userinfo && { userinfo: only(claims.userinfo, allowed) }),
        ...(claims.id_token && {
          id_token: only(claims.id_token, new Set([...allowed].filter((name) => name !== 'national_id'))),
        }),
      });
    },
  };
}

/** What `party` is registered for, whatever a grant of other days says. */
export function registeredClaims(claims: AccountClaims, party: RelyingParty): AccountClaims {
  const allowed = claimsAllowed(party.scopes);
  const kept = Object.entries(claims).filter(([name]) => allowed.has(name));
  return { ...Object.fromEntries(kept), sub: claims.sub };
}

/** Names of the claims that a relying party registered for `scopes` may get. */
function claimsAllowed(scopes: readonly string[]): ReadonlySet<string> {
  const names = Object.entries(claimsByScope).flatMap(([scope, claims]) =>
    scope === 'openid' || scopes.includes(scope) ? claims : [],
  );
  return new Set(names);
}

function only(asked: object, allowed: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(asked).filter(([name]) => allowed.has(name)));
}
