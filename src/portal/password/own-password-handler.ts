/**
 * Change password (修改密碼) by the person's own wish. Order: how old the present one is, the form, the present
 * password under the login's limits, then the rules for the new one (which look at former passwords: only somebody
 * who knows the present one may learn of them), the change, then other sessions.
 */
import { z } from 'zod';
import type { ChangePassword } from '#accounts/change-password.ts';
import type { CurrentPassword, CurrentPasswordVerdict } from '#authentication/current-password.ts';
import type { NewPasswords } from '#authentication/new-password.ts';
import { passwordChangeableFrom, passwordEnd } from '#authentication/password-login-rules.ts';
import type { PasswordPolicy } from '#authentication/password-rules.ts';
import type { Clock } from '#domain/clock.ts';
import type { SessionRegister } from '#domain/records.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import { errorsOf, fieldErrors } from '#pages/password-errors.ts';
import type { Navigation } from '#pages/portal-navigation.ts';
import { shownPasswordRules } from '#pages/shown-password-rules.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import type { PortalContext, PortalHandler } from '../session/portal-session.ts';
import type { OwnPasswordModel } from './own-password-model.ts';

const formSchema = z.strictObject({
  csrf: formText(100),
  current_password: formText(1024),
  new_password: formText(1024),
  new_password_again: formText(1024),
  end_others: z.literal('yes').exactOptional(),
});

export interface OtherSessions {
  /** Ends every other session of this person and gives their number; absent: it is not offered. */
  readonly end?: (ctx: PortalContext) => Promise<number>;
  readonly register: Pick<SessionRegister, 'listOpenSessions'>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly navigation: Navigation;
  readonly currentPassword: CurrentPassword;
  readonly newPasswords: NewPasswords;
  readonly changePassword: ChangePassword;
  readonly others: OtherSessions;
  readonly clock: Clock;
  readonly policy: PasswordPolicy & { readonly failures: number; readonly lockMinutes: number };
}

export interface OwnPasswordHandlers {
  readonly show: PortalHandler;
  readonly change: PortalHandler;
}

export function ownPassword(deps: Dependencies): OwnPasswordHandlers {
  const { csrf, policy, clock } = deps;
  const page = deps.views.page<OwnPasswordModel>(new URL('./own-password.hbs', import.meta.url));
  const rules = shownPasswordRules(policy);

  async function otherSessions({ state }: PortalContext): Promise<number> {
    const open = await deps.others.register.listOpenSessions(state.account.id);
    return open.filter(({ sessionUid }) => sessionUid !== state.session.uid).length;
  }

  function tooYoungUntil(ctx: PortalContext): Date | undefined {
    const from = passwordChangeableFrom(ctx.state.account, policy);
    return from && clock.now() < from ? from : undefined;
  }

  async function answer(
    ctx: PortalContext,
    status: number,
    more: { readonly errors?: readonly FieldError[]; readonly done?: OwnPasswordModel['done'] } = {},
  ): Promise<void> {
    const { account, session } = ctx.state;
    const until = passwordEnd(account, policy);
    const changeableFrom = tooYoungUntil(ctx);
    const { changedAt } = account.password;
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx), {
      navigation: deps.navigation.of(ctx.state, 'password'),
      csrf: csrf.issue(session.uid),
      ...(more.done && { done: more.done }),
      closed: !account.password.set,
      ...(changeableFrom && { changeableFrom }),
      ...(changedAt && { changedAt }),
      ...(until && { until }),
      days: policy.maxAgeDays,
      minimumDays: policy.minAgeDays,
      rules,
      otherSessions: await otherSessions(ctx),
      mayEndOthers: deps.others.end !== undefined,
      errors: more.errors ?? [],
    });
  }

  async function judge(ctx: PortalContext, form: z.infer<typeof formSchema>) {
    const { account, address } = ctx.state;
    const missing = missingFields(form);
    if (missing.length > 0) return { ok: false, errors: missing } as const;
    const known = await deps.currentPassword.check(account, form.current_password, address, contextOf(ctx));
    if (!known.ok) return { ok: false, errors: [currentError(known, policy)] } as const;
    const verdict = await deps.newPasswords.prepare(account, form.new_password);
    return verdict.ok
      ? verdict
      : ({ ok: false, errors: errorsOf(verdict.broken, policy.minLength) } as const);
  }

  return {
    show: (ctx) => answer(ctx, 200),
    async change(ctx) {
      const form = parseForm(ctx, formSchema);
      csrf.check(ctx.state.session.uid, form.csrf);
      if (!ctx.state.account.password.set || tooYoungUntil(ctx)) return answer(ctx, 422);
      const verdict = await judge(ctx, form);
      if (!verdict.ok) return answer(ctx, 422, { errors: verdict.errors });
      await deps.changePassword(ctx.state.account, verdict.password, 'by-person', contextOf(ctx));
      const sessionsEnded = form.end_others && deps.others.end ? await deps.others.end(ctx) : 0;
      return answer(ctx, 200, { done: { sessionsEnded, othersLeft: await otherSessions(ctx) } });
    },
  };
}

function missingFields(form: z.infer<typeof formSchema>): readonly FieldError[] {
  const current: readonly FieldError[] =
    form.current_password === ''
      ? [{ field: 'current_password', message: 'password.error.currentRequired' }]
      : [];
  return [...current, ...fieldErrors(form.new_password, form.new_password_again)];
}

function currentError(
  { reason }: Extract<CurrentPasswordVerdict, { ok: false }>,
  { failures, lockMinutes }: { readonly failures: number; readonly lockMinutes: number },
): FieldError {
  const field = 'current_password';
  return reason === 'wrong-password'
    ? { field, message: 'password.error.currentWrong', params: { failures }, code: 'P02' }
    : { field, message: 'password.error.locked', params: { minutes: lockMinutes }, code: 'P03' };
}

function contextOf({ state }: PortalContext) {
  return auditContextOf(state, { actor: `person:${state.account.id}` });
}
