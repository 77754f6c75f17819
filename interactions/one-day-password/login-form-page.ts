/** The login form in each of its states. A person's typing is kept, secrets never. */
import type { DirectoryMonitor } from '#http/directory-monitor.ts';
import type { Csrf } from '#http/csrf.ts';
import type { FieldError } from '#pages/field-error.ts';
import { formAnswer } from '#pages/form-answer.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Page, Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { Doors } from '../doors.ts';
import type { Entering } from '../entering.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type StepOutcome } from '../login-step.ts';
import type { CaptchaDoor } from './captcha-door.ts';
import type { LoginFormModel } from './login-form-model.ts';

export interface LoginFormPage {
  show(ctx: InteractionContext): Promise<void>;
  refuse(ctx: InteractionContext, account: string, errors: readonly FieldError[]): Promise<StepOutcome>;
  /** The same answer whether or not a mail was sent. */
  codeOnItsWay(ctx: InteractionContext, account: string): Promise<StepOutcome>;
  directoryDown(ctx: InteractionContext, account: string): Promise<StepOutcome>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly entering: Entering;
  readonly doors: Pick<Doors, 'links'>;
  /** Whether the directory answers, as known without asking it on every request. */
  readonly directory: DirectoryMonitor;
  readonly resendSeconds: number;
  readonly captcha: Pick<CaptchaDoor, 'model'>;
  readonly information: PublicInformation;
}

type Part = Pick<LoginFormModel, 'account' | 'errors' | 'notice' | 'directoryDown'>;

export function createLoginFormPage({
  views,
  csrf,
  entering,
  doors,
  directory,
  resendSeconds,
  captcha,
  information,
}: Dependencies): LoginFormPage {
  const page: Page<LoginFormModel> = views.page(new URL('./login-form.hbs', import.meta.url));

  async function render(ctx: InteractionContext, status: number, part: Part): Promise<StepOutcome> {
    const { interaction, language } = ctx.state;
    const action = stepPath(interaction.uid, 'one-day-password');
    const entered = await entering(interaction.client, language);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, action), {
      ...part,
      action,
      csrf: csrf.issue(interaction.uid),
      doors: doors.links(ctx, 'one-day-password'),
      ...(entered && { entering: entered }),
      captcha: captcha.model(interaction.uid),
      information: information(language, 'login'),
      cancelAction: `/interaction/${interaction.uid}/cancel`,
      resendSeconds: part.notice === 'code-on-its-way' ? resendSeconds : 0,
    });
    return shown;
  }

  /** The script's answer: texts alone, so that nothing typed is lost. */
  function renderJson(
    ctx: InteractionContext,
    status: number,
    answer: Parameters<typeof formAnswer>[1],
  ): StepOutcome {
    ctx.status = status;
    ctx.body = formAnswer(ctx.state.language, answer);
    return shown;
  }

  const wantsJson = (ctx: InteractionContext) => ctx.accepts('html', 'json') === 'json';

  return {
    async show(ctx) {
      const directoryDown = !(await directory.answers());
      const { notice } = ctx.state.transaction;
      await render(ctx, directoryDown ? 503 : 200, {
        account: '',
        errors: [],
        ...(notice && { notice }),
        directoryDown,
      });
    },
    async refuse(ctx, account, errors) {
      if (wantsJson(ctx)) return renderJson(ctx, 422, { errors });
      return render(ctx, 422, { account, errors, directoryDown: false });
    },
    async codeOnItsWay(ctx, account) {
      if (wantsJson(ctx)) {
        return renderJson(ctx, 200, { notice: 'login.notice.code-on-its-way', errors: [], resendSeconds });
      }
      return render(ctx, 200, { account, errors: [], notice: 'code-on-its-way', directoryDown: false });
    },
    async directoryDown(ctx, account) {
      const errors: FieldError[] = [{ field: '', message: 'login.directoryDown', code: 'L06' }];
      if (wantsJson(ctx)) return renderJson(ctx, 503, { errors });
      return render(ctx, 503, { account, errors: [], directoryDown: true });
    },
  };
}
