/**
 * Grants and refresh tokens. First-party relying parties get what they ask for and are registered for without
 * consent, and a refresh token without offline_access. Everything issued is bound to the session.
 */
import type { Configuration, Grant, KoaContextWithOIDC } from 'oidc-provider';
import { parseAccountId } from '#domain/account.ts';
import type { Consents } from '#domain/consents.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { scopeOfClaim } from './claims.ts';
import { resourceScopeName } from './consent.ts';

type FindRelyingParty = (clientId: string) => RelyingParty | undefined;

/**
 * What a relying party that is not first-party has been agreed to is remembered in the records, across sessions; without it a
 * grant of the session counts for nothing, since the consent behind it has been withdrawn.
 */
export function createLoadExistingGrant(
  findRelyingParty: FindRelyingParty,
  consents: Pick<Consents, 'findConsent'>,
) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, account, provider, result } = ctx.oidc;
    if (!client || !session) return undefined;
    askForSid(ctx);
    const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
    const existing = grantId ? await provider.Grant.find(grantId) : undefined;
    const accountId = account && parseAccountId(account.accountId);
    if (!accountId) return existing;
    const grant = () => existing ?? newGrant(ctx, accountId, client.clientId);
    if (findRelyingParty(client.clientId)?.firstParty) return grantRequested(ctx, grant());
    const consent = await consents.findConsent(accountId, client.clientId);
    return consent && grantRequested(ctx, grant(), new Set(consent.scopes));
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

/** Adds what is asked for, as far as it has been agreed to; without `agreed`, all of it. */
async function grantRequested(
  { oidc }: KoaContextWithOIDC,
  grant: Grant,
  agreed?: ReadonlySet<string>,
): Promise<Grant> {
  const encountered = new Set(grant.getOIDCScopeEncountered().split(' '));
  // The request's scopes have been checked against the client's registration by now.
  const missing = [...oidc.requestParamOIDCScopes].filter(
    (scope) => !encountered.has(scope) && (agreed?.has(scope) ?? true),
  );
  const encounteredClaims = new Set(grant.getOIDCClaimsEncountered());
  const missingClaims = [...oidc.requestParamClaims].filter(
    (claim) => !encounteredClaims.has(claim) && (agreed?.has(scopeOfClaim(claim)) ?? true),
  );
  const missingOfResources = Object.entries(oidc.resourceServers ?? {}).flatMap(([uri, { scopes }]) => {
    const had = new Set(grant.getResourceScopeEncountered(uri).split(' '));
    const asked = [...oidc.requestParamScopes].filter(
      (scope) => scopes.has(scope) && !had.has(scope) && (agreed?.has(resourceScopeName(uri, scope)) ?? true),
    );
    return asked.length > 0 ? [{ uri, asked }] : [];
  });
  if (missing.length > 0) grant.addOIDCScope(missing);
  if (missingClaims.length > 0) grant.addOIDCClaims(missingClaims);
  for (const { uri, asked } of missingOfResources) grant.addResourceScope(uri, asked);
  if (missing.length + missingClaims.length + missingOfResources.length > 0) await grant.save();
  return grant;
}

export function refreshSettings(
  findRelyingParty: FindRelyingParty,
): Required<Pick<Configuration, 'issueRefreshToken' | 'rotateRefreshToken' | 'expiresWithSession'>> {
  return {
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') &&
      (source.scopes.has('offline_access') || findRelyingParty(client.clientId)?.firstParty === true),
    // The one before is consumed, and its reuse revokes the grant. FAPI 2.0, section 5.3.2.1, 9, forbids it: its
    // refresh tokens are bound to a client that proves its key each time.
    rotateRefreshToken: ({ oidc }) =>
      oidc.client === undefined || findRelyingParty(oidc.client.clientId)?.profile !== 'fapi2',
    expiresWithSession: () => true,
  };
}
