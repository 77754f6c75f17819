/**
 * Resources: interfaces of business systems with access tokens of their own (RFC 8707). A JWT access token (RFC 9068) tells the
 * roles of the RESOURCE's systems by the formula, with the assurance frozen at issue; it lives five minutes at most, since it
 * cannot be called back. Nobody who is not admitted to the resource's systems gets one, and no token has empty roles.
 */
import { errors, type Configuration, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { RelyingParty, Resource } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import { frozenAssurance } from './assurance-in-tokens.ts';
import type { ApiOptions } from './contract.ts';
import { programGrant, programTokenSeconds } from './program-grant.ts';
import type { StandingRules } from './standing.ts';

/** Seconds. */
export const longestJwtAccessToken = 300;

type Settings = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;
type Customizer = NonNullable<NonNullable<NonNullable<Configuration['formats']>['customizers']>['jwt']>;

export interface Resources {
  find(uri: unknown): Resource | undefined;
  readonly settings: Settings;
  /** Puts the roles into a JWT access token. */
  readonly customizeJwt: Customizer;
}

interface Deps {
  readonly resources: readonly Resource[];
  readonly standing: StandingRules;
  readonly acr: AcrTable;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  /** Seconds; what is above five minutes counts as five. */
  readonly jwtSeconds: number;
  /** Undefined: nobody acts for itself. */
  readonly api?: ApiOptions | undefined;
}

export function createResources(deps: Deps): Resources {
  const byUri = new Map(deps.resources.map((resource) => [resource.uri, resource]));
  const find = (uri: unknown) => (typeof uri === 'string' ? byUri.get(uri) : undefined);
  return {
    find,
    settings: {
      enabled: deps.resources.length > 0 || deps.api !== undefined,
      defaultResource(ctx, _client, oneOf) {
        if (deps.api && isProgramsRequest(ctx)) return deps.api.resource;
        return oneOf ? [...oneOf] : [];
      },
      useGrantedResource: () => false,
      getResourceServerInfo(ctx, uri, client) {
        const party = deps.findRelyingParty(client.clientId);
        if (isProgramsRequest(ctx) || uri === deps.api?.resource) return apiServer(ctx, uri, party, deps.api);
        const resource = find(uri);
        if (!resource || !party?.resources?.includes(uri)) {
          throw new errors.InvalidTarget('the client is not registered for this resource');
        }
        return resourceServer(resource, Math.min(deps.jwtSeconds, longestJwtAccessToken));
      },
    },
    async customizeJwt(_ctx, token, { payload }) {
      const resource = find(token.aud);
      // A person's token alone tells roles.
      if (!resource || !('accountId' in token)) return;
      const account = await deps.standing.findAccount(token.accountId);
      const level = deps.acr.levelOf(frozenAssurance(token).acr) ?? 1;
      const standing = account && (await deps.standing.checkStanding(account, resource, level));
      if (!standing?.ok) throw new errors.InvalidTarget('the person is not admitted to this resource');
      payload['roles'] = [...standing.roles];
    },
  };
}

function resourceServer({ uri, scopes, format }: Resource, jwtSeconds: number): ResourceServer {
  const scope = scopes.join(' ');
  if (format === 'opaque') return { audience: uri, scope, accessTokenFormat: 'opaque' };
  return {
    audience: uri,
    scope,
    accessTokenTTL: jwtSeconds,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  };
}

function isProgramsRequest({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route === 'token' && oidc.params?.['grant_type'] === programGrant;
}

/**
 * Our own API: for programs that act for themselves, with scopes that they are registered for, never for a person's token. Opaque,
 * so that a client disabled or changed is so at its next request. Refused rather than narrowed: a program that asks for more
 * than it has is set up wrongly, or not what it says it is.
 */
function apiServer(
  ctx: KoaContextWithOIDC,
  uri: string,
  party: RelyingParty | undefined,
  api: ApiOptions | undefined,
): ResourceServer {
  if (!api || uri !== api.resource || !isProgramsRequest(ctx) || !party?.api) {
    throw new errors.InvalidTarget('client credentials are for the API of the hub, and it for them, alone');
  }
  const registered = party.api.scopes;
  const asked = [...ctx.oidc.requestParamScopes];
  const foreign = asked.find((scope) => !registered.includes(scope));
  if (foreign !== undefined) throw new errors.InvalidScope('the client is not registered for it', foreign);
  if (asked.length === 0) throw new errors.InvalidScope('name the scopes that are needed', '');
  return {
    audience: uri,
    scope: registered.join(' '),
    accessTokenTTL: programTokenSeconds,
    accessTokenFormat: 'opaque',
  };
}
