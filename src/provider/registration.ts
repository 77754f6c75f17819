/**
 * Relying parties that registered themselves (RFC 7591), where configuration opens that: with an initial access token, never first-party,
 * for the configured systems and at most the configured scopes. Metadata are judged here before they are written, by
 * the same rules as configured ones. They are kept in the protocol store.
 */
import { errors, Provider, type AdapterPayload, type Configuration } from 'oidc-provider';
import { relyingPartyRegistered } from '#audit/relying-party-events.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { faultOfMetadata } from './clients.ts';
import type { HubProviderDeps, RegistrationOptions } from './contract.ts';
import { faultOfRedirectUri } from './redirect-uris.ts';

type Settings = NonNullable<NonNullable<Configuration['features']>['registration']>;

export interface Registration {
  /** Registered and met by this process. */
  find(clientId: string): RelyingParty | undefined;
  /** Judges and records what is to be written; gives what is. Throws `invalid_client_metadata`. */
  admit(metadata: AdapterPayload): Promise<AdapterPayload>;
  /** Takes note of a registration that was read. */
  remember(metadata: AdapterPayload): void;
}

type Deps = Pick<HubProviderDeps, 'audit' | 'requestFacts'>;

/** What nobody but the library needs. */
const notTold = new Set(['client_id_issued_at', 'client_secret_expires_at', 'client_secret']);

const idPrefix = 'dynamic-';

export function createRegistration(options: RegistrationOptions, deps: Deps): Registration {
  const parties = new Map<string, RelyingParty>();

  return {
    find: (clientId) => parties.get(clientId),
    async admit(metadata) {
      const refuse = (fault: string): never => {
        throw new errors.InvalidClientMetadata(fault);
      };
      const fault = faultOfMetadata(metadata) ?? faultOfCalledAddresses(metadata);
      if (fault !== undefined) refuse(fault);
      const allowed = ['openid', ...options.scopes];
      const scopes = scopesOf(metadata);
      const foreign = scopes.find((scope) => !allowed.includes(scope));
      if (foreign !== undefined) refuse(`scope must only hold ${allowed.join(', ')}`);
      const context = { actor: `client:${metadata.client_id}`, clientId: String(metadata.client_id) };
      const facts = Provider.ctx ? deps.requestFacts(Provider.ctx.req) : {};
      await deps.audit(
        relyingPartyRegistered(
          { ...context, ...facts },
          {
            name: nameOf(metadata),
            redirectUris: metadata.redirect_uris ?? [],
            scopes,
          },
        ),
      );
      return metadata;
    },
    remember(metadata) {
      const party = relyingPartyOf(metadata, options);
      if (party) parties.set(party.clientId, party);
    },
  };
}

/** Addresses that the hub calls by itself, at nobody's word but the client's. */
const calledAddresses = ['backchannel_logout_uri', 'jwks_uri', 'sector_identifier_uri'] as const;

function faultOfCalledAddresses(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const faulty = calledAddresses.find((name) => {
    const address = metadata[name];
    // Judged as the redirect URIs of web clients are.
    return address !== undefined && faultOfRedirectUri(address, 'web') !== undefined;
  });
  return faulty && `${faulty} must be https, or http on loopback, without user and fragment`;
}

/** A stored registration as a relying party; undefined for what names no client. */
export function relyingPartyOf(
  metadata: AdapterPayload,
  options: Pick<RegistrationOptions, 'systems' | 'scopes'>,
): RelyingParty | undefined {
  const { client_id: clientId, redirect_uris: redirectUris = [] } = metadata;
  if (clientId === undefined) return undefined;
  const known = Object.entries(metadata).filter(([key]) => !notTold.has(key));
  return {
    clientId,
    name: nameOf(metadata),
    systems: options.systems,
    firstParty: false,
    countsAsActivity: false,
    scopes: scopesOf(metadata).filter((scope) => ['openid', ...options.scopes].includes(scope)),
    metadata: { ...Object.fromEntries(known), redirect_uris: redirectUris },
  };
}

/** Whether the id is of those that are given out here; configuration and registration decide whether there is one. */
export function isSelfRegistered(clientId: string): boolean {
  return clientId.startsWith(idPrefix);
}

function scopesOf({ scope }: AdapterPayload): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
}

function nameOf({ client_name: name, client_id: clientId }: AdapterPayload): string {
  return typeof name === 'string' ? name : String(clientId);
}

export function registrationSettings(
  options: RegistrationOptions | undefined,
  random: HubProviderDeps['random'],
): Settings {
  if (!options) return { enabled: false };
  return {
    enabled: true,
    initialAccessToken: options.initialAccessToken,
    issueRegistrationAccessToken: false,
    idFactory(ctx) {
      // The library's one hook before it reads the metadata: without a scope a client could ask for every one.
      const { body } = ctx.oidc;
      if (body && body['scope'] === undefined) body['scope'] = ['openid', ...options.scopes].join(' ');
      return `${idPrefix}${random.token(16)}`;
    },
    secretFactory: () => random.token(48),
  };
}
