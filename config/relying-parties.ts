import type { ClientConfig, Config } from './config.ts';

/** A relying party in the shape of the domain's RelyingParty, its metadata as RFC 7591 names it. */
export interface ConfiguredRelyingParty {
  readonly clientId: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly systems: readonly string[];
  readonly firstParty: boolean;
  readonly leastRequirement?: 'certificate' | 'second-factor';
  readonly scopes: readonly string[];
  readonly countsAsActivity: boolean;
  readonly profile?: 'fapi2';
  readonly allowedOrigins: readonly string[];
  readonly resources: readonly string[];
  readonly api?: NonNullable<ClientConfig['api']>;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly redirect_uris: readonly string[] };
}

export function relyingPartiesOf({ clients }: Pick<Config, 'clients'>): readonly ConfiguredRelyingParty[] {
  return clients.map(relyingPartyOf);
}

export function relyingPartyOf(client: ClientConfig): ConfiguredRelyingParty {
  const { name, nameEn, systems, firstParty, leastRequirement, countsAsActivity, scopes, ...others } = client;
  const { profile, allowedOrigins, resources, sector, api, ...metadata } = others;
  return {
    clientId: metadata.client_id,
    name,
    ...(nameEn === undefined ? {} : { nameEn }),
    systems,
    firstParty,
    ...(leastRequirement && { leastRequirement }),
    scopes,
    countsAsActivity,
    ...(profile && { profile }),
    allowedOrigins,
    resources,
    ...(api && { api }),
    metadata: {
      ...metadata,
      client_name: name,
      scope: scopes.join(' '),
      id_token_signed_response_alg: metadata.id_token_signed_response_alg ?? (profile ? 'ES256' : 'RS256'),
      // Never fetched: a configured sector is the operator's word.
      ...(sector !== undefined && { sector_identifier_uri: `https://${sector}/` }),
    },
  };
}
