import type { Config } from './config.ts';

/** A relying party in the shape of the domain's RelyingParty, its metadata as RFC 7591 names it. */
export interface ConfiguredRelyingParty {
  readonly clientId: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly systems: readonly string[];
  readonly firstParty: boolean;
  readonly scopes: readonly string[];
  readonly countsAsActivity: boolean;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly redirect_uris: readonly string[] };
}

export function relyingPartiesOf({ clients }: Pick<Config, 'clients'>): readonly ConfiguredRelyingParty[] {
  return clients.map(({ name, nameEn, systems, firstParty, countsAsActivity, scopes, ...metadata }) => ({
    clientId: metadata.client_id,
    name,
    ...(nameEn === undefined ? {} : { nameEn }),
    systems,
    firstParty,
    scopes,
    countsAsActivity,
    metadata: { ...metadata, client_name: name, scope: scopes.join(' ') },
  }));
}
