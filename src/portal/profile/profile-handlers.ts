/**
 * Keeping the profile (個人資料維護). Order of a change: the form's shape and token, whether this session may, the
 * rules for the fields, the revision that the form was made from, the change. The e-mail address goes its own way.
 */
import { z } from 'zod';
import type { CodeRefusal, EmailChanges, EmailRefusal } from '#accounts/change-email.ts';
import type { ChangeProfile } from '#accounts/change-profile.ts';
import {
  judgeProfile,
  mayKeepProfile,
  type ProfileFault,
  type TypedProfile,
} from '#accounts/profile-rules.ts';
import type { Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { Csrf } from '#http/csrf.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { PortalContext, PortalHandler } from '../session/portal-session.ts';
import type { ProfileAnswer, ProfilePage } from './profile-page.ts';

const profileForm = z.strictObject({
  csrf: formText(100),
  revision: z.string().regex(/^[1-9]\d{0,14}$/),
  title: formText(1000),
  staffNumber: formText(1000),
  phone: formText(1000),
  extension: formText(1000),
  mobile: formText(1000),
  fax: formText(1000),
  postalCode: formText(1000),
  address: formText(1000),
});
const emailForm = z.strictObject({ csrf: formText(100), email: formText(1000) });
const codeForm = z.strictObject({ csrf: formText(100), code: formText(100) });
const bareForm = z.strictObject({ csrf: formText(100) });

interface Dependencies {
  readonly page: ProfilePage;
  readonly csrf: Csrf;
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly changeProfile: ChangeProfile;
  readonly emailChanges: EmailChanges;
}

export type ProfileHandlers = Readonly<
  Record<'show' | 'change' | 'askEmail' | 'confirmEmail' | 'cancelEmail', PortalHandler>
>;

export function profileHandlers(deps: Dependencies): ProfileHandlers {
  const { page, csrf, emailChanges } = deps;

  /** The posted form, once its token fits the session and the session may change the profile. */
  function formOf<Schema extends z.ZodType<{ csrf: string }>>(
    ctx: PortalContext,
    schema: Schema,
  ): z.infer<Schema> {
    const form = parseForm(ctx, schema);
    csrf.check(ctx.state.session.uid, form.csrf);
    if (!mayKeepProfile(ctx.state.account, ctx.state.session.level)) throw new HufuError('not-permitted');
    return form;
  }

  /** The page after something was done, with the account as it is now. */
  async function showAnew(ctx: PortalContext, status: number, answer: ProfileAnswer): Promise<void> {
    const { id } = ctx.state.account;
    const now = await deps.accounts.findAccount({ kind: 'system', purpose: 'claims' }, id);
    if (!now) throw new HufuError('not-found');
    await page.show(ctx, status, now, answer);
  }

  return {
    show: (ctx) => page.show(ctx, 200, ctx.state.account),

    async change(ctx) {
      const { csrf: _, revision, ...typed } = formOf(ctx, profileForm);
      const { account } = ctx.state;
      const verdict = judgeProfile(account.contact, typed);
      if (!verdict.ok) return page.show(ctx, 422, account, { typed, errors: verdict.faults.map(errorOf) });
      if (Number(revision) !== account.revision) return showChangedMeanwhile(ctx, account, verdict.profile);
      try {
        const result = await deps.changeProfile(account, account.revision, verdict.profile, contextOf(ctx));
        await showAnew(ctx, 200, { notice: result === 'changed' ? 'saved' : 'same' });
      } catch (error) {
        if (!isHufuError(error, 'changed-meanwhile')) throw error;
        await showAnew(ctx, 409, { typed: verdict.profile, changedMeanwhile: true });
      }
    },

    async askEmail(ctx) {
      const { email } = formOf(ctx, emailForm);
      const { account, session } = ctx.state;
      const result = await emailChanges.ask(account, session.uid, email, contextOf(ctx));
      if (result.ok) return page.show(ctx, 200, account, { notice: 'email-sent' });
      const errors = [emailError(result.reason)];
      await page.show(ctx, 422, account, { email: { typed: email, errors } });
    },

    async confirmEmail(ctx) {
      const { code } = formOf(ctx, codeForm);
      const { account, session } = ctx.state;
      const typed = code.normalize('NFKC').replace(/\s/gu, '');
      const result = await emailChanges.confirm(account, session.uid, typed, contextOf(ctx));
      if (result.ok) return showAnew(ctx, 200, { notice: 'email-changed' });
      await showAnew(ctx, 422, { email: { codeErrors: [codeError(result.reason)] } });
    },

    async cancelEmail(ctx) {
      formOf(ctx, bareForm);
      await emailChanges.cancel(ctx.state.account, contextOf(ctx));
      await page.show(ctx, 200, ctx.state.account, { notice: 'email-cancelled' });
    },
  };

  async function showChangedMeanwhile(
    ctx: PortalContext,
    account: Account,
    typed: TypedProfile,
  ): Promise<void> {
    await page.show(ctx, 409, account, { typed, changedMeanwhile: true });
  }
}

function errorOf({ field, fault, maximum }: ProfileFault): FieldError {
  if (fault === 'characters') return { field, message: 'profile.error.characters', code: 'F01' };
  if (fault === 'too-long')
    return { field, message: 'profile.error.tooLong', params: { maximum }, code: 'F02' };
  const formats = {
    phone: 'profile.error.phone',
    fax: 'profile.error.phone',
    extension: 'profile.error.extension',
    mobile: 'profile.error.mobile',
    postalCode: 'profile.error.postalCode',
    title: 'profile.error.characters',
    staffNumber: 'profile.error.characters',
    address: 'profile.error.characters',
  } as const;
  return { field, message: formats[field], code: 'F03' };
}

function emailError(reason: EmailRefusal): FieldError {
  const messages = {
    malformed: 'profile.error.email',
    'same-address': 'profile.error.emailSame',
    'sent-recently': 'profile.error.emailRecently',
    'too-many-today': 'profile.error.emailTooMany',
  } as const;
  return { field: 'email', message: messages[reason], code: 'F04' };
}

function codeError(reason: CodeRefusal): FieldError {
  const messages = {
    'wrong-code': 'profile.error.codeWrong',
    'no-code': 'profile.error.codeGone',
    'other-session': 'profile.error.codeElsewhere',
    'code-tries-used-up': 'profile.error.codeUsedUp',
    'changed-meanwhile': 'profile.error.emailMeanwhile',
  } as const;
  return { field: reason === 'wrong-code' ? 'code' : '', message: messages[reason], code: 'F05' };
}

function contextOf({ state }: PortalContext) {
  return auditContextOf(state, { actor: `person:${state.account.id}` });
}
