/** Logged in, but not admitted to the system asked for: says why and what to do, then the relying party is told. */
import { z } from 'zod';
import { admissionRefused } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { Csrf } from '#http/csrf.ts';
import { auditContextOf } from '#http/request-state.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { Entering } from '../entering.ts';
import type { LoginStep } from '../login-step.ts';
import { getSessionAccount } from '../session-account.ts';
import type { RefusedModel } from './refused-model.ts';

const formSchema = z.strictObject({ csrf: formText(100) });

const reasonSchema = z.enum(['no-admitting-role', 'certificate-required', 'second-factor-required']);

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly entering: Entering;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

export function createAdmissionStep({ views, csrf, entering, accounts, audit }: Dependencies): LoginStep {
  const page = views.page<RefusedModel>(new URL('./refused.hbs', import.meta.url));
  return {
    name: 'admission',
    async show(ctx) {
      const { interaction, language } = ctx.state;
      const { uid, client } = interaction;
      const reason = reasonSchema.parse(interaction.reason);
      const account = await getSessionAccount(accounts, ctx);
      const system = await entering(client, language);
      if (!system) throw new HufuError('interaction-gone');
      const context = auditContextOf(ctx.state, { actor: `person:${account.id}` });
      await audit.record(admissionRefused({ ...context, clientId: client.clientId }, { account, reason }));
      ctx.status = 403;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx), {
        reason,
        system,
        personName: account.name,
        action: stepPath(uid, 'admission'),
        csrf: csrf.issue(uid),
        homeHref: '/',
      });
    },
    async submit(ctx) {
      parseForm(ctx, formSchema);
      const description = `not admitted: ${reasonSchema.parse(ctx.state.interaction.reason)}`;
      return { kind: 'declined', error: 'access_denied', description };
    },
  };
}
