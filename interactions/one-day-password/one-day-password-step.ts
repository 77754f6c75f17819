/**
 * 一日密碼登入 and 首次登入 behind one door: account, password, mailed check code and captcha on one form.
 * Order: the form's shape, then the rules of src/authentication, one audit event either way, then the answer. Every
 * refusal that must not tell anything is given at the same time after the form arrived.
 */
import type { RecordPasswordLogin } from '#accounts/record-password-login.ts';
import { codeRequested, loginAttempted } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { PasswordAttempt, PasswordLogin, PasswordLoginResult } from '#authentication/password-login.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import { changeAsked } from '#authentication/password-login-rules.ts';
import type { Clock } from '#domain/clock.ts';
import { isHufuError, type ErrorCode } from '#domain/errors.ts';
import { parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { InteractionContext } from '../interaction-state.ts';
import type { LoginStep, StepOutcome } from '../login-step.ts';
import type { RemainingStep, Transaction } from '../transaction.ts';
import {
  captchaAnswer,
  captchaError,
  errorOf,
  missingFields,
  passwordFormSchema,
  type CaptchaKind,
  type PasswordForm,
} from './password-form.ts';
import type { LoginFormPage } from './login-form-page.ts';

interface Dependencies {
  readonly passwordLogin: PasswordLogin;
  readonly recordPasswordLogin: RecordPasswordLogin;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly page: LoginFormPage;
  readonly settings: {
    /** When a refusal is answered, whatever its reason: above the slowest honest answer. */
    readonly answerMilliseconds: number;
    /** False only where a first login is configured to ask for no code. */
    readonly codeAlwaysAsked: boolean;
    /** Days after which a password must be changed. */
    readonly maxAgeDays: number;
    readonly captcha: CaptchaKind;
    /** Version of the rules of use in force; whoever agreed to another one is asked again. */
    readonly rulesVersion: string;
  };
}

export function createOneDayPasswordStep(deps: Dependencies): LoginStep {
  const { audit, clock, page, passwordLogin, settings } = deps;

  async function logIn(ctx: InteractionContext, form: PasswordForm): Promise<StepOutcome> {
    const answerAt = new Date(clock.now().getTime() + settings.answerMilliseconds);
    const result = await passwordLogin.logIn(attemptOf(ctx, form, settings.captcha), form.code);
    // What can still fail comes first: an attempt recorded as done must not turn into a failed one.
    const event = loginAttempted(contextOf(ctx), 'one-day-password', result);
    if (result.ok) {
      const transaction = await accept(result);
      await audit.record(event);
      return { kind: 'completed', transaction };
    }
    await audit.record(event);
    await clock.until(answerAt);
    return page.refuse(ctx, form.account, [errorOf(result, settings.captcha)]);
  }

  async function sendCode(ctx: InteractionContext, form: PasswordForm): Promise<StepOutcome> {
    const answerAt = new Date(clock.now().getTime() + settings.answerMilliseconds);
    const result = await passwordLogin.sendCode(attemptOf(ctx, form, settings.captcha));
    await audit.record(codeRequested(contextOf(ctx), result));
    await clock.until(answerAt);
    if (!result.ok && result.reason === 'captcha')
      return page.refuse(ctx, form.account, [captchaError(settings.captcha)]);
    return page.codeOnItsWay(ctx, form.account);
  }

  async function accept(result: Extract<PasswordLoginResult, { ok: true }>): Promise<Transaction> {
    const { account, verdict, mailConfirmed } = result;
    const provenAt = clock.now();
    const person = { accountId: account.id, provenAt, mailConfirmed };
    if (verdict.way === 'opening') {
      const remaining: RemainingStep[] = ['rules-of-use', 'change-password'];
      return { proven: { ...person, revision: account.revision, method: 'opening-password', remaining } };
    }
    const revision = await deps.recordPasswordLogin(account, provenAt, mailConfirmed);
    const asksChange = changeAsked(account, verdict, provenAt, settings);
    const agreed = account.agreement?.version === settings.rulesVersion;
    const remaining: RemainingStep[] = [
      ...(agreed ? [] : (['rules-of-use'] as const)),
      ...(asksChange ? (['change-password'] as const) : []),
    ];
    return {
      proven: {
        ...person,
        revision,
        method: 'one-day-password',
        remaining,
        ...(asksChange && { asksChange }),
      },
    };
  }

  return {
    name: 'one-day-password',
    show: (ctx) => page.show(ctx),
    async submit(ctx) {
      const form = parseForm(ctx, passwordFormSchema);
      const missing = missingFields(form, settings.codeAlwaysAsked, settings.captcha);
      if (missing.length > 0) return page.refuse(ctx, form.account, missing);
      try {
        return await (form.action === 'login' ? logIn(ctx, form) : sendCode(ctx, form));
      } catch (error) {
        if (!isHufuError(error)) throw error;
        await audit.record(failureOf(ctx, form, error.code));
        if (error.code !== 'directory-unavailable') throw error;
        return page.directoryDown(ctx, form.account);
      }
    },
  };
}

function attemptOf(ctx: InteractionContext, form: PasswordForm, kind: CaptchaKind): PasswordAttempt {
  return {
    binding: ctx.state.interaction.uid,
    address: ctx.state.address,
    name: form.account,
    password: form.password,
    captcha: captchaAnswer(form, kind),
  };
}

/** Something was down, or the account was changed at this very moment: the attempt is recorded all the same. */
function failureOf(ctx: InteractionContext, { action }: PasswordForm, reason: ErrorCode): AuditEvent {
  const failure = { ok: false, reason } as const;
  return action === 'login'
    ? loginAttempted(contextOf(ctx), 'one-day-password', failure)
    : codeRequested(contextOf(ctx), failure);
}

function contextOf(ctx: InteractionContext) {
  return auditContextOf(ctx.state, { actor: 'anonymous', clientId: ctx.state.interaction.client.clientId });
}
