/** The rules of use, shown at activation and agreed to; the version is kept with the agreement. */
import { z } from 'zod';
import { formText, parseForm } from '#http/form.ts';
import type { Csrf } from '#http/csrf.ts';
import type { Language } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { TextBlock } from '#pages/text-blocks.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep } from '../login-step.ts';
import { expired } from '../proven-account.ts';
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
}

export function createRulesOfUseStep({ views, csrf, rules }: Dependencies): LoginStep {
  const page = views.page<RulesOfUseModel>(new URL('./rules-of-use.hbs', import.meta.url));

  function render(ctx: InteractionContext, status: number, errors: readonly FieldError[]): void {
    const { uid } = ctx.state.interaction;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      action: stepPath(uid, 'rules-of-use'),
      csrf: csrf.issue(uid),
      version: rules.version,
      blocks: rules.blocks[ctx.state.language],
      errors,
      cancelAction: `/interaction/${uid}/cancel`,
    });
  }

  return {
    name: 'rules-of-use',
    async show(ctx) {
      render(ctx, 200, []);
    },
    async submit(ctx) {
      const { agree, version } = parseForm(ctx, formSchema);
      const { proven } = ctx.state.transaction;
      if (!proven) return expired;
      if (agree !== 'yes' || version !== rules.version) {
        render(ctx, 422, [{ field: 'agree', message: 'activation.rules.error.agree', code: 'A01' }]);
        return shown;
      }
      const remaining = proven.remaining.filter((step) => step !== 'rules-of-use');
      return { kind: 'completed', transaction: { proven: { ...proven, remaining, agreedVersion: version } } };
    },
  };
}
