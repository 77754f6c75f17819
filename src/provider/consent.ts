import type { InteractionResults, Provider } from 'oidc-provider';
import { scopeOfClaim } from './claims.ts';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What was asked for beyond what has been agreed to already. */
interface Missing {
  readonly missingOIDCScope?: readonly string[];
  readonly missingOIDCClaims?: readonly string[];
  readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whether the person is asked only because a native app could be another in its clothes (RFC 8252, section 8.6): all that it asks
 * for has been agreed to.
 */
export function isSignInOnly({ prompt }: Pick<Details, 'prompt'>): boolean {
  return prompt.name === 'consent' && prompt.reasons.every((reason) => reason === 'native_client_prompt');
}

/**
 * The scopes that a consent prompt asks for, those behind single claims included. With prompt=consent nothing need be
 * missing: then the person is asked again for all of it.
 */
export function scopesAskedFor({ prompt, params }: Pick<Details, 'prompt' | 'params'>): readonly string[] {
  const {
    missingOIDCScope = [],
    missingOIDCClaims = [],
    missingResourceScopes = {},
  } = prompt.details as Missing;
  const missing = [
    ...missingOIDCScope,
    ...missingOIDCClaims.map(scopeOfClaim),
    ...Object.values(missingResourceScopes).flat(),
  ];
  const asked = missing.length > 0 ? missing : String(params['scope'] ?? 'openid').split(' ');
  return [...new Set(asked)];
}

/**
 * The names under which what `grantConsent` grants is remembered; none where all was granted before. A scope of a
 * resource goes with its resource: it says nothing of another's scope of that name.
 */
export function scopesToRemember({ prompt }: Pick<Details, 'prompt'>): readonly string[] {
  const {
    missingOIDCScope = [],
    missingOIDCClaims = [],
    missingResourceScopes = {},
  } = prompt.details as Missing;
  const ofResources = Object.entries(missingResourceScopes).flatMap(([uri, scopes]) =>
    scopes.map((scope) => resourceScopeName(uri, scope)),
  );
  return [...new Set([...missingOIDCScope, ...missingOIDCClaims.map(scopeOfClaim), ...ofResources])];
}

/** Neither holds a space, so that no scope by itself is such a name. */
export function resourceScopeName(uri: string, scope: string): string {
  return `${uri} ${scope}`;
}

/** Writes into the grant what the person has agreed to; gives what interactionFinished takes. */
export async function grantConsent(provider: Provider, details: Details): Promise<InteractionResults> {
  const { grantId, params, prompt, session } = details;
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant =
    existing ?? new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
  const {
    missingOIDCScope = [],
    missingOIDCClaims = [],
    missingResourceScopes = {},
  } = prompt.details as Missing;
  if (missingOIDCScope.length > 0) grant.addOIDCScope([...missingOIDCScope]);
  if (missingOIDCClaims.length > 0) grant.addOIDCClaims([...missingOIDCClaims]);
  for (const [resource, scopes] of Object.entries(missingResourceScopes)) {
    grant.addResourceScope(resource, [...scopes]);
  }
  return { consent: { grantId: await grant.save() } };
}
