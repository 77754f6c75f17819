import type { InteractionResults, Provider } from 'oidc-provider';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What was asked for beyond what has been agreed to already. */
interface Missing {
  readonly missingOIDCScope?: readonly string[];
  readonly missingOIDCClaims?: readonly string[];
}

/** The scopes that a consent prompt asks for. */
export function scopesAskedFor({ prompt }: Pick<Details, 'prompt'>): readonly string[] {
  return (prompt.details as Missing).missingOIDCScope ?? [];
}

/** Writes into the grant what the person has agreed to; gives what interactionFinished takes. */
export async function grantConsent(provider: Provider, details: Details): Promise<InteractionResults> {
  const { grantId, params, prompt, session } = details;
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant =
    existing ?? new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
  const { missingOIDCScope = [], missingOIDCClaims = [] } = prompt.details as Missing;
  if (missingOIDCScope.length > 0) grant.addOIDCScope([...missingOIDCScope]);
  if (missingOIDCClaims.length > 0) grant.addOIDCClaims([...missingOIDCClaims]);
  return { consent: { grantId: await grant.save() } };
}
