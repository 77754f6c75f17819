/**
 * Which interactions an authorization request needs, in this order:
 * 1. login, by the standard (no session, prompt, max_age, id_token_hint, acr), when the session proves nothing, and when a login with a
 *    certificate would open what this one does not (step-up);
 * 2. admission: the person may not enter the system this relying party serves, or a resource it asks for; a page of ours, then
 *    `access_denied`, which prompt=none gets at once;
 * 3. consent, for relying parties that are not first-party.
 */
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { Account } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { AcrTable } from './acr.ts';
import { essentialAcr, wishDetails, wishedAcr } from './asked-assurance.ts';
import { holdToNamedPerson } from './named-person.ts';
import type { Resources } from './resources.ts';
import type { Standing, StandingRules } from './standing.ts';

interface Deps {
  readonly acr: AcrTable;
  readonly standing: StandingRules;
  readonly accountOf: (ctx: KoaContextWithOIDC) => Account | undefined;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  readonly strongestLevel: AssuranceLevel;
  readonly resources: Pick<Resources, 'find'>;
}

export function createInteractionPolicy(deps: Deps): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const login = policy.get('login');
  if (login) {
    const { details } = login;
    login.details = async (ctx) => ({ ...(await details(ctx)), ...wishDetails(ctx, deps) });
    holdToNamedPerson(login);
  }
  login?.checks.remove('essential_acr');
  login?.checks.remove('essential_acrs');
  login?.checks.add(unusableSession(deps));
  login?.checks.add(essentialAcr(deps));
  login?.checks.add(wishedAcr(deps));
  login?.checks.add(certificateRequired(deps));
  policy.add(admissionPrompt(deps), 1);
  const consent = policy.get('consent');
  consent?.checks.remove('consent_prompt');
  consent?.checks.remove('native_client_prompt');
  consent?.checks.add(nativeClient(deps), 0);
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

/**
 * The person holds a role that admits here, at a login with a certificate: they are asked for one and go on, rather than being refused.
 * Only where there is such a way to log in, and once: a login that was asked to be stronger and is not is refused below.
 */
function certificateRequired(deps: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'certificate_required',
    'a login with a certificate is required',
    'login_required',
    async (ctx) => {
      if (deps.strongestLevel < 3 || !ctx.oidc.session?.accountId || wasJustAsked(ctx)) return false;
      return (await findRefusal(deps, ctx))?.reason === 'certificate-required';
    },
    () => ({ reason: 'certificate-required', least: 3 }),
  );
}

/** Whether the login just made is the answer to a prompt for a certificate. */
function wasJustAsked({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login !== undefined && oidc.entities.Interaction?.prompt.details['least'] === 3;
}

type Refusal = Extract<Standing, { ok: false }>;

/** Why the person may not enter the system that the relying party serves, or a resource it asks for. */
async function findRefusal(deps: Deps, ctx: KoaContextWithOIDC): Promise<Refusal | undefined> {
  const account = deps.accountOf(ctx);
  const party = ctx.oidc.client && deps.findRelyingParty(ctx.oidc.client.clientId);
  if (!account || !party) return undefined;
  const level = deps.acr.levelOf(ctx.oidc.session?.acr) ?? 1;
  const asked = Object.keys(ctx.oidc.resourceServers ?? {}).map((uri) => deps.resources.find(uri));
  for (const entered of [party, ...asked.filter((resource) => resource !== undefined)]) {
    const standing = await deps.standing.checkStanding(account, entered, level);
    if (!standing.ok) return standing;
  }
  return undefined;
}

function admissionPrompt(deps: Deps): interactionPolicy.Prompt {
  const refusals = new WeakMap<object, Refusal>();
  const check = new interactionPolicy.Check(
    'not_admitted',
    'the person may not enter this system',
    'access_denied',
    async (ctx) => {
      if (!deps.accountOf(ctx) || !ctx.oidc.client || !deps.findRelyingParty(ctx.oidc.client.clientId))
        return true;
      const refusal = await findRefusal(deps, ctx);
      if (refusal) refusals.set(ctx, refusal);
      return refusal !== undefined;
    },
    (ctx) => {
      const refusal = refusals.get(ctx);
      return refusal && { reason: refusal.reason };
    },
  );
  return new interactionPolicy.Prompt({ name: 'admission', requestable: false }, check);
}

/**
 * A native client at a redirect that another app on the device could take for itself is no one certain (RFC 8252, section 8.6), so the
 * person is asked each time. Not with a claimed https URL of ours, nor in the device flow, where the person has just confirmed.
 */
function nativeClient({ findRelyingParty }: Deps): interactionPolicy.Check {
  return new interactionPolicy.Check(
    'native_client_prompt',
    'native clients require End-User interaction',
    'interaction_required',
    ({ oidc }) => {
      const { client, params, result } = oidc;
      if (client?.applicationType !== 'native' || params?.['response_type'] === 'none' || result?.consent) {
        return false;
      }
      const { redirect_uri: redirectUri } = params ?? {};
      if (redirectUri === undefined) return false;
      const isClaimed = typeof redirectUri === 'string' && redirectUri.startsWith('https:');
      return !(isClaimed && findRelyingParty(client.clientId)?.firstParty);
    },
  );
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
