/**
 * Introspection and revocation: who may ask, and what the answer tells of the person. Only the token's own client may. An active
 * answer gets acr, amr and auth_time as frozen and, with scope `roles`, the roles of the token's own client by
 * today's grants; a token whose holder has lost account or admission is not active.
 */
import { errors, type Client, type KoaContextWithOIDC } from 'oidc-provider';
import type { Middleware } from 'koa';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import { frozenAssurance } from './assurance-in-tokens.ts';
import type { StandingRules } from './standing.ts';
import { oidcOf } from './oidc-context.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly standing: StandingRules;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export function mayIntrospect(
  _ctx: KoaContextWithOIDC,
  client: Client,
  token: { readonly clientId?: string | undefined },
): boolean {
  return token.clientId === client.clientId && client.tokenEndpointAuthMethod !== 'none';
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
    const standing =
      account && party && (await deps.standing.checkStanding(account, party, deps.acr.levelOf(acr) ?? 1));
    ctx.body = standing?.ok
      ? {
          ...body,
          acr,
          amr,
          auth_time: authTime,
          ...(token.scopes.has('roles') && { roles: standing.roles }),
        }
      : { active: false };
  };
}

/** Whether an introspection answer says so. */
export function isActive(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && 'active' in body && body.active === true;
}
