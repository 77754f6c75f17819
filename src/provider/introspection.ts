/**
 * Introspection and revocation: who may ask, and what the answer tells of the person. Only the token's own client may, and who
 * introspects for the resource that the token is for. An active
 * answer gets acr, amr and auth_time as frozen and, with scope `roles`, the roles of the token's own client by
 * today's grants; a token whose holder has lost account or admission is not active.
 */
import { errors, type Client, type KoaContextWithOIDC } from 'oidc-provider';
import type { Middleware } from 'koa';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import { frozenAssurance } from './assurance-in-tokens.ts';
import type { Resources } from './resources.ts';
import type { StandingRules } from './standing.ts';
import { oidcOf } from './oidc-context.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly standing: StandingRules;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  readonly resources: Pick<Resources, 'find'>;
}

/** The token's own client; of a token for a resource also the clients that introspect for it. */
export function mayIntrospect(resources: Pick<Resources, 'find'>) {
  return (
    _ctx: KoaContextWithOIDC,
    client: Client,
    token: { readonly clientId?: string | undefined; readonly aud?: unknown },
  ): boolean => {
    if (client.tokenEndpointAuthMethod === 'none') return false;
    const { introspectedBy = [] } = resources.find(token.aud) ?? {};
    return token.clientId === client.clientId || introspectedBy.includes(client.clientId);
  };
}

/** RFC 7009, section 2.1: another client's token is refused, and the client told so. */
export function mayRevoke(
  _ctx: KoaContextWithOIDC,
  client: Client,
  token: { readonly clientId?: string | undefined },
): boolean {
  if (token.clientId === client.clientId) return true;
  throw new errors.InvalidRequest('the token was issued to another client');
}

export function tellOfPerson(deps: Deps): Middleware {
  return async function tellOfPersonOnIntrospection(ctx, next) {
    await next();
    const oidc = oidcOf(ctx);
    const { body } = ctx;
    if (oidc?.route !== 'introspection' || !isActive(body)) return;
    const token = oidc.entities.AccessToken ?? oidc.entities.RefreshToken;
    if (!token) return;
    const { acr, amr, authTime } = frozenAssurance(token);
    const party = token.clientId === undefined ? undefined : deps.findRelyingParty(token.clientId);
    const account = await deps.standing.findAccount(token.accountId);
    // A token for a resource tells the roles of the resource's systems.
    const resource = 'aud' in token ? deps.resources.find(token.aud) : undefined;
    const served = party && (resource ?? party);
    const standing =
      account && served && (await deps.standing.checkStanding(account, served, deps.acr.levelOf(acr) ?? 1));
    ctx.body = standing?.ok
      ? {
          ...body,
          acr,
          amr,
          auth_time: authTime,
          ...((resource || token.scopes.has('roles')) && { roles: standing.roles }),
        }
      : { active: false };
  };
}

/** Whether an introspection answer says so. */
export function isActive(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && 'active' in body && body.active === true;
}
