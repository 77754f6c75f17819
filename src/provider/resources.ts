/**
 * Resources: interfaces of business systems with access tokens of their own (RFC 8707). A JWT access token (RFC 9068) tells the
 * roles of the RESOURCE's systems by the formula, with the assurance frozen at issue; it lives five minutes at most, since it
 * cannot be called back. Nobody who is not admitted to the resource's systems gets one, and no token has empty roles.
 */
import { errors, type Configuration, type ResourceServer } from 'oidc-provider';
import type { RelyingParty, Resource } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import { frozenAssurance } from './assurance-in-tokens.ts';
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
}

export function createResources(deps: Deps): Resources {
  const byUri = new Map(deps.resources.map((resource) => [resource.uri, resource]));
  const find = (uri: unknown) => (typeof uri === 'string' ? byUri.get(uri) : undefined);
  return {
    find,
    settings: {
      enabled: deps.resources.length > 0,
      defaultResource: (_ctx, _client, oneOf) => (oneOf ? [...oneOf] : []),
      useGrantedResource: () => false,
      getResourceServerInfo(_ctx, uri, client) {
        const resource = find(uri);
        if (!resource || !deps.findRelyingParty(client.clientId)?.resources?.includes(uri)) {
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
