import type { PasswordPolicy } from '#authentication/password-rules.ts';
import type { Csrf } from '#http/csrf.ts';
import type { FieldError } from '#pages/field-error.ts';
import { shownPasswordRules } from '#pages/shown-password-rules.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { InteractionContext } from '../interaction-state.ts';
import type { ChangePasswordModel } from './change-password-model.ts';

export interface ChangePasswordPage {
  show(ctx: InteractionContext, status: number, errors: readonly FieldError[]): Promise<void>;
}

export function createChangePasswordPage(
  views: Views,
  csrf: Csrf,
  policy: PasswordPolicy,
): ChangePasswordPage {
  const page = views.page<ChangePasswordModel>(new URL('./change-password.hbs', import.meta.url));
  const rules = shownPasswordRules(policy);
  return {
    async show(ctx, status, errors) {
      const { interaction, transaction } = ctx.state;
      ctx.status = status;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx), {
        action: stepPath(interaction.uid, 'change-password'),
        csrf: csrf.issue(interaction.uid),
        reason:
          transaction.proven?.method === 'opening-password'
            ? 'first-login'
            : (transaction.proven?.asksChange ?? 'one-day'),
        rules,
        errors,
      });
    },
  };
}
