/**
 * The person's consents (已同意提供資料的系統): which systems are given what since when, and withdrawing. Owns
 * `/consents`; what withdrawing does to grants and tokens is the provider's, behind `withdrawConsent`.
 */
import { z } from 'zod';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Consent, Consents } from '#domain/consents.ts';
import { HufuError } from '#domain/errors.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { showScopes } from '#pages/shown-scopes.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalContext, PortalHandler } from '../session/portal-session.ts';
import type { ConsentsModel, ShownConsent, WithdrawConsentModel } from './consents-model.ts';

export interface ConsentHandlers {
  readonly list: PortalHandler;
  readonly ask: PortalHandler;
  readonly withdraw: PortalHandler;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly consents: Pick<Consents, 'listConsents' | 'findConsent'>;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  /** Records it, revokes what was issued; false when there was nothing to withdraw. */
  readonly withdrawConsent: (account: Account, clientId: string, context: AuditContext) => Promise<boolean>;
}

const listPath = '/consents';
const withdrawPath = '/consents/withdraw';

const clientId = formText(200);
const formSchema = z.strictObject({ csrf: formText(100), client_id: clientId });

export function createConsentHandlers(deps: Dependencies): ConsentHandlers {
  const { views, csrf, navigation, consents, findRelyingParty, withdrawConsent } = deps;
  const listPage = views.page<ConsentsModel>(new URL('./consents.hbs', import.meta.url));
  const askPage = views.page<WithdrawConsentModel>(new URL('./withdraw-consent.hbs', import.meta.url));

  /** Systems that are registered no more are shown by their identifier. */
  const nameOf = (id: string, { language }: PortalContext['state']): string => {
    const party = findRelyingParty(id);
    return (language === 'en' && party?.nameEn) || party?.name || id;
  };
  const shown = (consent: Consent, ctx: PortalContext): ShownConsent => ({
    clientId: consent.clientId,
    name: nameOf(consent.clientId, ctx.state),
    ...showScopes(consent.scopes),
    since: consent.since,
    withdrawHref: `${withdrawPath}?${new URLSearchParams({ client_id: consent.clientId }).toString()}`,
  });

  return {
    async list(ctx) {
      const { withdrawn } = ctx.query;
      const all = await consents.listConsents(ctx.state.account.id);
      // A name is only ever taken from a registration, never from the address.
      const gone = typeof withdrawn === 'string' ? findRelyingParty(withdrawn)?.clientId : undefined;
      const isGone = gone !== undefined && !all.some((consent) => consent.clientId === gone);
      ctx.type = 'html';
      ctx.body = listPage(viewOf(ctx), {
        navigation: navigation.of(ctx.state, 'consents'),
        consents: all.map((consent) => shown(consent, ctx)),
        ...(isGone && { withdrawn: nameOf(gone, ctx.state) }),
      });
    },
    async ask(ctx) {
      const { account, session } = ctx.state;
      const asked = clientId.safeParse(ctx.query['client_id']);
      const consent = asked.success ? await consents.findConsent(account.id, asked.data) : undefined;
      if (!consent) throw new HufuError('not-found');
      ctx.type = 'html';
      ctx.body = askPage(viewOf(ctx, ctx.url), {
        navigation: navigation.of(ctx.state, 'consents'),
        consent: shown(consent, ctx),
        action: withdrawPath,
        csrf: csrf.issue(session.uid),
        backHref: listPath,
      });
    },
    async withdraw(ctx) {
      const { account, session } = ctx.state;
      const form = parseForm(ctx, formSchema);
      csrf.check(session.uid, form.csrf);
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      await withdrawConsent(account, form.client_id, context);
      ctx.status = 303;
      ctx.redirect(`${listPath}?${new URLSearchParams({ withdrawn: form.client_id }).toString()}`);
    },
  };
}
