/**
 * The library's findAccount. With a token (code redemption, refresh, userinfo) it judges the person's standing with
 * the token's own client under the token's frozen assurance, and an account that has none is not found: the
 * library then answers invalid_grant or invalid_token, never with empty roles. Without a token (authorization) a
 * session whose account is gone, not enabled or activated anew since is ended, and the login prompt asks anew.
 */
import type { FindAccount, KoaContextWithOIDC, Session } from 'oidc-provider';
import { nationalIdReleased } from '#audit/events.ts';
import { isBeforeActivation, type Account } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { sealingContext, sealingPurpose } from '#domain/sealing.ts';
import type { AcrTable } from './acr.ts';
import { frozenAssurance, type AccountToken, type FrozenAssurance } from './assurance-in-tokens.ts';
import { accountClaims } from './claims.ts';
import { registeredClaims } from './claims-parameter.ts';
import type { HubProviderDeps } from './contract.ts';
import type { SessionEndings } from './session-endings.ts';
import type { StandingRules } from './standing.ts';

export interface FoundAccounts {
  readonly findAccount: FindAccount;
  /** The account that the library's answer of this request stands for. */
  accountOf(ctx: KoaContextWithOIDC): Account | undefined;
}

interface Deps extends Pick<HubProviderDeps, 'audit' | 'requestFacts' | 'sealing'> {
  readonly standing: StandingRules;
  readonly acr: AcrTable;
  readonly endings: SessionEndings;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export function createFoundAccounts(deps: Deps): FoundAccounts {
  const accounts = new WeakMap<object, Account>();

  const nationalIdFor = async (ctx: KoaContextWithOIDC, account: Account, party: RelyingParty) => {
    const { clientId } = party;
    const context = { actor: `client:${clientId}`, clientId, ...deps.requestFacts(ctx.req) };
    await deps.audit(nationalIdReleased(context, { account }));
    return deps.sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, account.id));
  };

  const present = (
    ctx: KoaContextWithOIDC,
    account: Account,
    party: RelyingParty | undefined,
    known: { readonly assurance: FrozenAssurance; readonly roles: readonly string[] },
  ) => {
    const presented = {
      accountId: account.id,
      async claims(use: string, scope: string, single: object = {}) {
        const asked =
          use === 'userinfo' &&
          (scope.split(' ').includes('national_id') || Object.hasOwn(single, 'national_id'));
        const nationalId =
          asked && party?.scopes.includes('national_id')
            ? await nationalIdFor(ctx, account, party)
            : undefined;
        const all = accountClaims({ account, ...known, ...(nationalId && { nationalId }) });
        return party ? registeredClaims(all, party) : all;
      },
    };
    accounts.set(presented, account);
    return presented;
  };

  const findForToken = async (ctx: KoaContextWithOIDC, id: string, token: AccountToken) => {
    const party = ctx.oidc.client && deps.findRelyingParty(ctx.oidc.client.clientId);
    const account = await deps.standing.findAccount(id);
    if (!account || !party) return undefined;
    const assurance = frozenAssurance(token);
    const standing = await deps.standing.checkStanding(account, party, deps.acr.levelOf(assurance.acr) ?? 1);
    return standing.ok ? present(ctx, account, party, { assurance, roles: standing.roles }) : undefined;
  };

  const findForSession = async (ctx: KoaContextWithOIDC, id: string, session: Session | undefined) => {
    const account = await deps.standing.findAccount(id);
    const isStale =
      account !== undefined && session !== undefined && isBeforeActivation(account, loggedInAt(session));
    if (account?.status === 'enabled' && !isStale)
      return present(ctx, account, undefined, { assurance: {}, roles: [] });
    if (session) {
      const ending = account ? 'account-disabled' : 'account-removed';
      await deps.endings.forget(ctx.oidc.provider, ctx.req, session, ending);
    }
    return undefined;
  };

  return {
    findAccount: (ctx, id, token) =>
      token ? findForToken(ctx, id, token) : findForSession(ctx, id, ctx.oidc.session),
    accountOf: (ctx) => ctx.oidc.account && accounts.get(ctx.oidc.account),
  };
}

function loggedInAt({ loginTs = 0 }: Session): Date {
  return new Date(loginTs * 1000);
}
