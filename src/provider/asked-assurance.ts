/**
 * Assurance that a request asks for. An essential `acr` (claims parameter) is met or the request fails honestly: with
 * `unmet_authentication_requirements` (OpenID Connect Core Unmet Authentication Requirements 1.0) where prompt=none, where the login just
 * made did not reach it, or where no way to log in could; otherwise somebody is asked to log in more strongly. `acr_values` (RFC 9470) only wishes:
 * it asks for a stronger login where there is one, once, and then tells what there is. A stronger login than the one asked for meets it.
 */
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { AcrTable } from './acr.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly strongestLevel: AssuranceLevel;
}

const unmet = 'unmet_authentication_requirements';

/** Takes the place of the library's `essential_acr` and `essential_acrs`. */
export function essentialAcr(deps: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'essential_acr',
    'the requested acr could not be obtained',
    unmet,
    (ctx) => {
      const asked = essentialNames(ctx);
      if (!asked) return false;
      const least = leastLevel(asked, deps.acr);
      if (least !== undefined && levelOf(ctx, deps.acr) >= least) return false;
      const isReachable = least !== undefined && least <= deps.strongestLevel;
      if (!isReachable || hasJustLoggedIn(ctx)) {
        throw new errors.CustomOIDCProviderError(unmet, 'the requested acr could not be obtained');
      }
      return true;
    },
    (ctx) => ({
      acr: ctx.oidc.claims.id_token?.['acr'],
      least: leastLevel(essentialNames(ctx) ?? [], deps.acr),
    }),
  );
}

export function wishedAcr(deps: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'wished_acr',
    'a stronger login is asked for',
    'login_required',
    (ctx) => {
      const { prompts } = ctx.oidc;
      if (prompts.has('none') || hasJustLoggedIn(ctx)) return false;
      return levelOf(ctx, deps.acr) < wishedLevel(ctx, deps);
    },
    ({ oidc }) => ({ acr: { values: String(oidc.params?.['acr_values']).split(' ') } }),
  );
}

/**
 * What a login prompt says of the wish: the level. For somebody who is logged in it is also the least that is of use, whatever else
 * asked for the login: what the session has they have already, and nobody shall come out of it with less.
 */
export function wishDetails(
  ctx: KoaContextWithOIDC,
  deps: Deps,
): { wished?: AssuranceLevel; least?: AssuranceLevel } {
  const wished = wishedLevel(ctx, deps);
  if (wished === 1) return {};
  return ctx.oidc.session?.accountId ? { wished, least: wished } : { wished };
}

/** The level that `acr_values` wish for, where a login can reach it; 1: none. */
function wishedLevel(
  { oidc: { params } }: KoaContextWithOIDC,
  { acr, strongestLevel }: Deps,
): AssuranceLevel {
  const values = params?.['acr_values'];
  const level = typeof values === 'string' ? leastLevel(values.split(' '), acr) : undefined;
  return level !== undefined && level <= strongestLevel ? level : 1;
}

/** What a login prompt asks for, as its checks said it: the level that is of use at all, and the one wished for. */
export function askedLevels({ prompt }: { readonly prompt: { readonly details: Record<string, unknown> } }): {
  readonly least: AssuranceLevel;
  readonly wished: AssuranceLevel;
} {
  const { least, wished } = prompt.details;
  return { least: levelIn(least), wished: levelIn(wished) };
}

/** A session is at level 2 at least. */
function levelIn(value: unknown): AssuranceLevel {
  return value === 3 ? 3 : 2;
}

function essentialNames({ oidc }: KoaContextWithOIDC): readonly unknown[] | undefined {
  const request: unknown = oidc.claims.id_token?.['acr'];
  if (typeof request !== 'object' || request === null) return undefined;
  const { essential, value, values } = request as Record<string, unknown>;
  if (essential !== true || (value === undefined && values === undefined)) return undefined;
  if (values !== undefined && !Array.isArray(values))
    throw new errors.InvalidRequest('invalid claims.id_token.acr.values');
  return [...(values ?? []), ...(value === undefined ? [] : [value])];
}

function leastLevel(names: readonly unknown[], acr: AcrTable): AssuranceLevel | undefined {
  const levels = names.map((name) => acr.levelOf(name)).filter((level) => level !== undefined);
  return levels.sort()[0];
}

function levelOf({ oidc }: KoaContextWithOIDC, acr: AcrTable): AssuranceLevel {
  return (oidc.session?.accountId && acr.levelOf(oidc.session.acr)) || 1;
}

function hasJustLoggedIn({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login !== undefined;
}
