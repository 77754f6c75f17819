import type { RelyingParty } from '#domain/relying-party.ts';

export const allScopes = ['openid', 'profile', 'email', 'phone', 'organization', 'roles'] as const;

/** A confidential first-party relying party with refresh tokens, at https://`clientId`.example. */
export function sampleRelyingParty(
  clientId: string,
  changes: Partial<Omit<RelyingParty, 'metadata'>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): RelyingParty {
  return {
    clientId,
    name: clientId.toUpperCase(),
    systems: [clientId],
    firstParty: true,
    scopes: [...allScopes],
    countsAsActivity: false,
    ...changes,
    metadata: {
      redirect_uris: [`https://${clientId}.example/callback`],
      post_logout_redirect_uris: [`https://${clientId}.example/logged-out`],
      client_secret: secretOf(clientId),
      grant_types: ['authorization_code', 'refresh_token'],
      ...metadata,
    },
  };
}

export function secretOf(clientId: string): string {
  return `secret of ${clientId}, + and % included`;
}
