/**
 * The rules of use, agreed to at activation, and again at the first login after a new version. At activation the
 * version is kept with the account when it is activated, later at once.
 */
import { z } from 'zod';
import type { AgreeToRules } from '#accounts/agree-to-rules.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import type { Csrf } from '#http/csrf.ts';
import { auditContextOf, type Language } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { TextBlock } from '#pages/text-blocks.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep, type StepOutcome } from '../login-step.ts';
import { expired, findProvenAccount } from '../proven-account.ts';
import type { ProvenPerson } from '../transaction.ts';
import type { RulesOfUseModel } from './rules-of-use-model.ts';

const formSchema = z.strictObject({
  csrf: formText(100),
  version: formText(64),
  agree: z.literal('yes').exactOptional(),
});

/** The rules in force. */
export interface RulesOfUse {
  readonly version: string;
  readonly blocks: Readonly<Record<Language, readonly TextBlock[]>>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly rules: RulesOfUse;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly agreeToRules: AgreeToRules;
}

export function createRulesOfUseStep({
  views,
  csrf,
  rules,
  accounts,
  agreeToRules,
}: Dependencies): LoginStep {
  const page = views.page<RulesOfUseModel>(new URL('./rules-of-use.hbs', import.meta.url));

  function render(ctx: InteractionContext, status: number, errors: readonly FieldError[]): void {
    const { uid } = ctx.state.interaction;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, stepPath(uid, 'rules-of-use')), {
      reason: ctx.state.transaction.proven?.method === 'opening-password' ? 'first-login' : 'new-version',
      action: stepPath(uid, 'rules-of-use'),
      csrf: csrf.issue(uid),
      version: rules.version,
      blocks: rules.blocks[ctx.state.language],
      errors,
      cancelAction: `/interaction/${uid}/cancel`,
    });
  }

  /** Writes the agreement of somebody whose account is in use; gives the proof as it stands then. */
  async function agreeAgain(
    ctx: InteractionContext,
    proven: ProvenPerson,
  ): Promise<ProvenPerson | undefined> {
    const account = await findProvenAccount(accounts, ctx);
    if (!account) return undefined;
    const { clientId } = ctx.state.interaction.client;
    const context = auditContextOf(ctx.state, { actor: `person:${account.id}`, clientId });
    try {
      return { ...proven, revision: await agreeToRules(account, rules.version, context) };
    } catch (error) {
      // Somebody else changed the account at this very moment: what was proved is void.
      if (isHufuError(error, 'changed-meanwhile')) return undefined;
      throw error;
    }
  }

  return {
    name: 'rules-of-use',
    async show(ctx) {
      render(ctx, 200, []);
    },
    async submit(ctx): Promise<StepOutcome> {
      const { agree, version } = parseForm(ctx, formSchema);
      const { proven } = ctx.state.transaction;
      if (!proven) return expired;
      if (agree !== 'yes' || version !== rules.version) {
        render(ctx, 422, [{ field: 'agree', message: 'activation.rules.error.agree', code: 'A01' }]);
        return shown;
      }
      const opening = proven.method === 'opening-password';
      const agreed = opening ? { ...proven, agreedVersion: version } : await agreeAgain(ctx, proven);
      if (!agreed) return expired;
      const remaining = agreed.remaining.filter((step) => step !== 'rules-of-use');
      return { kind: 'completed', transaction: { proven: { ...agreed, remaining } } };
    },
  };
}
