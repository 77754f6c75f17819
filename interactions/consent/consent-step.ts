/**
 * Consent: a relying party that is not one of the hub's own asks for data; the person is told which, and decides. What is
 * agreed to is remembered until it is withdrawn.
 */
import { z } from 'zod';
import { consentGiven } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Clock } from '#domain/clock.ts';
import type { Consents } from '#domain/consents.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { Csrf } from '#http/csrf.ts';
import { auditContextOf } from '#http/request-state.ts';
import { showScopes } from '#pages/shown-scopes.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { Entering } from '../entering.ts';
import type { LoginStep } from '../login-step.ts';
import { getSessionAccount } from '../session-account.ts';
import type { ConsentModel } from './consent-model.ts';

const formSchema = z.strictObject({ csrf: formText(100) });

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly entering: Entering;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly consents: Pick<Consents, 'rememberConsent'>;
  readonly clock: Clock;
}

export function createConsentStep(deps: Dependencies): LoginStep {
  const { views, csrf, entering, accounts, audit, consents, clock } = deps;
  const page = views.page<ConsentModel>(new URL('./consent.hbs', import.meta.url));
  return {
    name: 'consent',
    async show(ctx) {
      const { uid, client, scopesAsked, signInOnly } = ctx.state.interaction;
      const account = await getSessionAccount(accounts, ctx);
      const system = await entering(client, ctx.state.language);
      if (!system) throw new HufuError('interaction-gone');
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx), {
        system,
        personName: account.name,
        signInOnly,
        ...showScopes(scopesAsked),
        action: stepPath(uid, 'consent'),
        csrf: csrf.issue(uid),
        cancelAction: `/interaction/${uid}/cancel`,
      });
    },
    async submit(ctx) {
      parseForm(ctx, formSchema);
      const { client, scopesAsked, scopesToRemember, signInOnly } = ctx.state.interaction;
      const account = await getSessionAccount(accounts, ctx);
      const { clientId } = client;
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      await audit.record(consentGiven({ ...context, clientId }, { account, scopes: scopesAsked }));
      // Nothing new to remember; a first-party app has nothing of the kind at all.
      if (!signInOnly)
        await consents.rememberConsent(account.id, { clientId, scopes: scopesToRemember, at: clock.now() });
      return { kind: 'consented' };
    },
  };
}
