/**
 * Grants and refresh tokens. First-party relying parties get what they ask for and are registered for without
 * consent, and a refresh token without offline_access. Everything issued is bound to the session.
 */
import type { Configuration, Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { RelyingParty } from '#domain/relying-party.ts';

type FindRelyingParty = (clientId: string) => RelyingParty | undefined;

export function createLoadExistingGrant(findRelyingParty: FindRelyingParty) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, account, provider, result } = ctx.oidc;
    if (!client || !session) return undefined;
    askForSid(ctx);
    const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    const existing = grantId ? await provider.Grant.find(grantId) : undefined;
    if (!account || !findRelyingParty(client.clientId)?.firstParty) return existing;
    return grantRequested(ctx, existing ?? newGrant(ctx, account.accountId, client.clientId));
  };
}

/** The library gives a code its `sid` only where back-channel log-out is registered or the claim is asked for. */
function askForSid(ctx: KoaContextWithOIDC): void {
  const { claims, requestParamScopes } = ctx.oidc;
  if (requestParamScopes.has('openid')) claims.id_token = { ...claims.id_token, sid: null };
}

function newGrant({ oidc }: KoaContextWithOIDC, accountId: string, clientId: string): Grant {
  return new oidc.provider.Grant({ accountId, clientId });
}

async function grantRequested({ oidc }: KoaContextWithOIDC, grant: Grant): Promise<Grant> {
  const encountered = new Set(grant.getOIDCScopeEncountered().split(' '));
  // The request's scopes have been checked against the client's registration by now.
  const missing = [...oidc.requestParamOIDCScopes].filter((scope) => !encountered.has(scope));
  if (missing.length > 0) {
    grant.addOIDCScope(missing);
    await grant.save();
  }
  return grant;
}

export function refreshSettings(
  findRelyingParty: FindRelyingParty,
): Required<Pick<Configuration, 'issueRefreshToken' | 'rotateRefreshToken' | 'expiresWithSession'>> {
  return {
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.scopes.has('offline_access') || findRelyingParty(client.clientId)?.firstParty === true),
    // Always: the one before is consumed, and its reuse revokes the grant.
    rotateRefreshToken: true,
    expiresWithSession: () => true,
  };
}
