/** A relying party as its page shows it, with what an integrator needs to connect it. */
import type { Catalogue } from '#domain/catalogue.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptRelyingParty } from '#domain/relying-party-register.ts';
import type { RegistryFrameModel } from '../registry-frame.ts';
import type { ListedParty, PartyDeed, PartyModel, PartyState } from './relying-parties-model.ts';

export const partiesHref = '/registry/relying-parties';

export function hrefOf(clientId: string, ...more: readonly string[]): string {
  return [partiesHref, encodeURIComponent(clientId), ...more].join('/');
}

/** Kept ones have a state and a revision; those of the configuration are shown alone. */
export interface SeenParty {
  readonly party: RelyingParty;
  readonly kept?: KeptRelyingParty;
}

export function stateOf({ kept }: SeenParty): PartyState {
  if (!kept) return 'configured';
  return kept.enabled ? 'enabled' : 'disabled';
}

export function listedParty(seen: SeenParty): ListedParty {
  const { clientId, name, systems, firstParty } = seen.party;
  return { clientId, href: hrefOf(clientId), name, systems, firstParty, state: stateOf(seen) };
}

type Facts = Omit<PartyModel, keyof RegistryFrameModel | 'secret' | 'notice'>;

export function partyFacts(seen: SeenParty, catalogue: Catalogue, issuer: string): Facts {
  const { party, kept } = seen;
  const { clientId, nameEn, leastRequirement, metadata } = party;
  const names = new Map(catalogue.systems.map(({ id, name }) => [id, name]));
  const logOutUri = metadata['backchannel_logout_uri'];
  const method = methodOf(party);
  const deeds = kept ? deedsOf(kept, method).map((id) => ({ id, href: hrefOf(clientId, id) })) : [];
  return {
    clientId,
    name: party.name,
    ...(nameEn !== undefined && { nameEn }),
    state: stateOf(seen),
    systems: party.systems.map((id) => ({ id, name: names.get(id) ?? id })),
    ...(leastRequirement && { leastRequirement }),
    firstParty: party.firstParty,
    pairwise: metadata['subject_type'] === 'pairwise',
    scopes: party.scopes,
    tellsNationalId: party.scopes.includes('national_id'),
    method,
    redirectUris: metadata.redirect_uris,
    postLogOutUris: listOf(metadata['post_logout_redirect_uris']),
    ...(typeof logOutUri === 'string' && { logOutUri }),
    ...(party.api && { api: party.api }),
    secrets: (kept?.secrets ?? []).map(({ createdAt, until }) => ({ createdAt, ...(until && { until }) })),
    deeds,
    ...(kept && { changeHref: hrefOf(clientId, 'change') }),
    backHref: partiesHref,
    connect: connectionOf(party, issuer),
  };
}

function methodOf({ metadata }: RelyingParty): string {
  const method = metadata['token_endpoint_auth_method'];
  return typeof method === 'string' ? method : 'client_secret_basic';
}

function deedsOf({ enabled }: KeptRelyingParty, method: string): readonly PartyDeed[] {
  return [
    ...(method.startsWith('client_secret_') ? (['secret'] as const) : []),
    enabled ? 'disable' : 'enable',
    'remove',
  ];
}

/** For whoever connects the system: addresses and a beginning, never a secret. */
function connectionOf(party: RelyingParty, issuer: string): PartyModel['connect'] {
  const [redirectUri = ''] = party.metadata.redirect_uris;
  const wantsSecret = methodOf(party).startsWith('client_secret_');
  const environment = [
    `OIDC_ISSUER=${issuer}`,
    `OIDC_CLIENT_ID=${party.clientId}`,
    ...(wantsSecret ? ['OIDC_CLIENT_SECRET=…'] : []),
    `OIDC_REDIRECT_URI=${redirectUri}`,
    `OIDC_SCOPE=${party.scopes.join(' ')}`,
  ];
  const secret = wantsSecret ? ', process.env.OIDC_CLIENT_SECRET' : '';
  const script = [
    "import * as client from 'openid-client';",
    '',
    `const hub = await client.discovery(new URL('${issuer}'), '${party.clientId}'${secret});`,
    'const verifier = client.randomPKCECodeVerifier();',
    'const leads = client.buildAuthorizationUrl(hub, {',
    `  redirect_uri: ${JSON.stringify(redirectUri)},`,
    `  scope: ${JSON.stringify(party.scopes.join(' '))},`,
    '  code_challenge: await client.calculatePKCECodeChallenge(verifier),',
    "  code_challenge_method: 'S256',",
    '  state: client.randomState(),',
    '  nonce: client.randomNonce(),',
    '});',
  ];
  return {
    issuer,
    discovery: `${issuer}/.well-known/openid-configuration`,
    environment: environment.join('\n'),
    script: script.join('\n'),
  };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
