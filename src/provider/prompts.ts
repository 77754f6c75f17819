/**
 * Which interactions an authorization request needs, in this order:
 * 1. login, by the standard (no session, prompt, max_age, id_token_hint), and when the session proves nothing;
 * 2. admission: the person may not enter the system this relying party serves; a page of ours, then
 *    `access_denied`, which prompt=none gets at once;
 * 3. consent, for relying parties that are not first-party.
 */
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { Account } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { AcrTable } from './acr.ts';
import type { Standing, StandingRules } from './standing.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly standing: StandingRules;
  readonly accountOf: (ctx: KoaContextWithOIDC) => Account | undefined;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export function createInteractionPolicy(deps: Deps): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get('login')?.checks.add(unusableSession(deps));
  policy.add(admissionPrompt(deps), 1);
  const consent = policy.get('consent');
  consent?.checks.remove('consent_prompt');
  consent?.checks.add(consentAskedFor(deps), 0);
  return policy;
}

/** Its level is not known under today's names. (Of a session whose account is gone, find-account.ts leaves nothing.) */
function unusableSession({ acr }: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'session_unusable',
    'the session cannot be used any more',
    'login_required',
    ({ oidc }) => {
      if (!oidc.session?.accountId) return false;
      return (acr.levelOf(oidc.session.acr) ?? 1) < 2;
    },
  );
}

function admissionPrompt(deps: Deps): interactionPolicy.Prompt {
  const refusals = new WeakMap<object, Standing>();
  const check = new interactionPolicy.Check(
    'not_admitted',
    'the person may not enter this system',
    'access_denied',
    async (ctx) => {
      const account = deps.accountOf(ctx);
      const party = ctx.oidc.client && deps.findRelyingParty(ctx.oidc.client.clientId);
      if (!account || !party) return true;
      const level = deps.acr.levelOf(ctx.oidc.session?.acr) ?? 1;
      const standing = await deps.standing.checkStanding(account, party, level);
      if (!standing.ok) refusals.set(ctx, standing);
      return !standing.ok;
    },
    (ctx) => {
      const refusal = refusals.get(ctx);
      return refusal?.ok === false ? { reason: refusal.reason } : undefined;
    },
  );
  return new interactionPolicy.Prompt({ name: 'admission', requestable: false }, check);
}

/** prompt=consent; a first-party relying party has nothing to ask the person's consent for. */
function consentAskedFor({ findRelyingParty }: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'consent_prompt',
    'consent prompt was not resolved',
    'consent_required',
    ({ oidc }) => {
      const firstParty = oidc.client && findRelyingParty(oidc.client.clientId)?.firstParty;
      return !firstParty && oidc.prompts.has('consent') && oidc.promptPending('consent');
    },
  );
}
