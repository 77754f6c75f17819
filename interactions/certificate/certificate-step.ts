/**
 * 憑證登入: the page gives the card a challenge to sign, the form brings the signature. A GET that asks for JSON gets a new challenge:
 * the one of the page grows old while somebody looks for the card. One audit event an attempt, good or bad.
 */
import { z } from 'zod';
import { loginAttempted } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import { mostSignatureCharacters } from '#authentication/card-signature.ts';
import type { CertificateLogin, CertificateLoginResult } from '#authentication/certificate-login.ts';
import type { ChallengeOwner, SignedChallenges } from '#authentication/signed-challenges.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import { formText, parseForm } from '#http/form.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { ChallengeAnswer } from '#pages/card-form.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep, type StepOutcome } from '../login-step.ts';
import type { Transaction } from '../transaction.ts';
import type { CertificatePage, CertificateShowing } from './certificate-page.ts';
import { missingSignature, toldRefusal } from './certificate-refusals.ts';

const formSchema = z.strictObject({
  csrf: formText(100),
  /** Base64, perhaps in lines. */
  signature: formText(mostSignatureCharacters),
});

interface Dependencies {
  readonly challenges: Pick<SignedChallenges, 'issue'>;
  readonly certificateLogin: CertificateLogin;
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'recordCertificateLogin'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  readonly page: CertificatePage;
  /** Version of the rules of use in force; whoever agreed to another one is asked again. */
  readonly rulesVersion: string;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createCertificateStep(deps: Dependencies): LoginStep {
  const { accounts, audit, clock, page } = deps;

  async function render(
    ctx: InteractionContext,
    showing: Omit<CertificateShowing, 'challenge' | 'stepUp'>,
  ): Promise<StepOutcome> {
    const challenge = await deps.challenges.issue(ownerOf(ctx));
    const stepUp = showing.directoryDown ? undefined : await personToStrengthen(ctx);
    await page.show(ctx, { ...showing, challenge, stepUp });
    return shown;
  }

  /** Somebody who is logged in already and needs a stronger login. */
  async function personToStrengthen({ state }: InteractionContext): Promise<Account | undefined> {
    const { accountId, least } = state.interaction;
    const id = least === 3 && accountId !== undefined ? parseAccountId(accountId) : undefined;
    return id && accounts.findAccount(actor, id);
  }

  async function accept(result: Extract<CertificateLoginResult, { ok: true }>): Promise<Transaction> {
    const { account, certificate } = result;
    const provenAt = clock.now();
    await accounts.recordCertificateLogin(actor, account, certificate, provenAt);
    const agreed = account.agreement?.version === deps.rulesVersion;
    return {
      proven: {
        accountId: account.id,
        revision: account.revision,
        method: 'certificate',
        provenAt,
        mailConfirmed: false,
        remaining: agreed ? [] : ['rules-of-use'],
      },
    };
  }

  async function logIn(ctx: InteractionContext, signature: string): Promise<StepOutcome> {
    const { binding, clientId } = ownerOf(ctx);
    const result = await deps.certificateLogin({ binding, clientId, address: ctx.state.address, signature });
    // What can still fail comes first: an attempt recorded as done must not turn into a failed one.
    const transaction = result.ok ? await accept(result) : undefined;
    await audit.record(loginAttempted(contextOf(ctx), 'certificate', result));
    if (transaction) return { kind: 'completed', transaction };
    if (result.ok) throw new Error('a login was accepted without a transaction');
    const { error, advice } = toldRefusal(result.reason);
    return render(ctx, { status: 422, errors: [error], ...(advice && { advice }) });
  }

  return {
    name: 'certificate',
    async show(ctx) {
      if (ctx.accepts('html', 'json') === 'json') {
        const { text } = await deps.challenges.issue(ownerOf(ctx));
        ctx.body = { challenge: text } satisfies ChallengeAnswer;
        return;
      }
      const directoryDown = !(await page.directoryAnswers());
      await render(ctx, { status: directoryDown ? 503 : 200, directoryDown });
    },
    async submit(ctx) {
      const { signature } = parseForm(ctx, formSchema);
      if (signature.trim() === '') return render(ctx, { status: 422, errors: [missingSignature] });
      try {
        return await logIn(ctx, signature);
      } catch (error) {
        if (!isHufuError(error)) throw error;
        const failure = { ok: false, reason: error.code } as const;
        await audit.record(loginAttempted(contextOf(ctx), 'certificate', failure));
        if (error.code !== 'directory-unavailable') throw error;
        return render(ctx, { status: 503, directoryDown: true });
      }
    },
  };
}

function ownerOf({ state }: InteractionContext): ChallengeOwner {
  const { uid, client } = state.interaction;
  return { purpose: 'login', binding: uid, clientId: client.clientId };
}

function contextOf(ctx: InteractionContext) {
  return auditContextOf(ctx.state, { actor: 'anonymous', clientId: ctx.state.interaction.client.clientId });
}
