/**
 * A new password: after the opening password (which activates the account and leads back to the door, to log in
 * anew), at the first login of a day enabled for a one-day password, or past its age (which then go on).
 */
import { z } from 'zod';
import type { ActivateAccount } from '#accounts/activate-account.ts';
import type { ChangePassword } from '#accounts/change-password.ts';
import type { NewPasswords, PreparedPassword } from '#authentication/new-password.ts';
import type { Account } from '#domain/account.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { ProtocolStoreHealth } from '#domain/protocol-store.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import { errorsOf, fieldErrors } from '#pages/password-errors.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep, type StepOutcome } from '../login-step.ts';
import { expired, findProvenAccount } from '../proven-account.ts';
import type { ProvenPerson } from '../transaction.ts';
import type { ChangePasswordPage } from './change-password-page.ts';

const formSchema = z.strictObject({
  csrf: formText(100),
  new_password: formText(1024),
  new_password_again: formText(1024),
});

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly newPasswords: NewPasswords;
  readonly activateAccount: ActivateAccount;
  readonly changePassword: ChangePassword;
  /** Where the transaction is kept. */
  readonly protocolStore: ProtocolStoreHealth;
  readonly page: ChangePasswordPage;
  readonly minLength: number;
}

export function createChangePasswordStep(deps: Dependencies): LoginStep {
  const { page } = deps;

  async function activate(
    ctx: InteractionContext,
    proven: ProvenPerson,
    account: Account,
    password: PreparedPassword,
  ): Promise<StepOutcome> {
    // The dispatcher asks for the rules first; without an agreement there is nothing to activate by.
    if (proven.agreedVersion === undefined) return expired;
    const activation = { password, agreedVersion: proven.agreedVersion, mailConfirmed: proven.mailConfirmed };
    await deps.activateAccount(account, activation, contextOf(ctx, account));
    return { kind: 'completed', transaction: { notice: 'activated' } };
  }

  async function change(
    ctx: InteractionContext,
    proven: ProvenPerson,
    account: Account,
    password: PreparedPassword,
  ): Promise<StepOutcome> {
    const revision = await deps.changePassword(
      account,
      password,
      proven.asksChange === 'expired' ? 'expired' : 'one-day-password',
      contextOf(ctx, account),
    );
    const remaining = proven.remaining.filter((step) => step !== 'change-password');
    return { kind: 'completed', transaction: { proven: { ...proven, revision, remaining } } };
  }

  return {
    name: 'change-password',
    show: (ctx) => page.show(ctx, 200, []),
    async submit(ctx) {
      const form = parseForm(ctx, formSchema);
      const { proven } = ctx.state.transaction;
      const account = await findProvenAccount(deps.accounts, ctx);
      if (!proven || !account) return expired;
      const missing = fieldErrors(form.new_password, form.new_password_again);
      const verdict =
        missing.length === 0 ? await deps.newPasswords.prepare(account, form.new_password) : undefined;
      if (!verdict?.ok) {
        await page.show(ctx, 422, verdict ? errorsOf(verdict.broken, deps.minLength) : missing);
        return shown;
      }
      // A store that could not keep what comes next must refuse before the account is changed, not after.
      await deps.protocolStore.checkStore();
      const carryOut = proven.method === 'opening-password' ? activate : change;
      try {
        return await carryOut(ctx, proven, account, verdict.password);
      } catch (error) {
        // Somebody else changed the account at this very moment: what was proved is void.
        if (isHufuError(error, 'changed-meanwhile')) return expired;
        throw error;
      }
    },
  };
}

function contextOf(ctx: InteractionContext, account: Account) {
  const { clientId } = ctx.state.interaction.client;
  return auditContextOf(ctx.state, { actor: `person:${account.id}`, clientId });
}
