/**
 * 憑證登入: the page gives the card a challenge to sign, the form brings the signature. A GET that asks for JSON gets a new challenge:
 * the one of the page grows old while somebody looks for the card.
 */
import { z } from 'zod';
import { mostSignatureCharacters, type CardSignatureRefusal } from '#authentication/card-signature.ts';
import type { ChallengeOwner, SignedChallenges } from '#authentication/signed-challenges.ts';
import { formText, parseForm } from '#http/form.ts';
import type { ChallengeAnswer } from '#pages/card-form.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { AttemptByCertificate } from '../attempt-by-certificate.ts';
import { toldRefusal } from '../certificate-refusals.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep, type StepOutcome } from '../login-step.ts';
import type { FindPersonToStrengthen } from '../person-to-strengthen.ts';
import type { CertificatePage, CertificateShowing } from './certificate-page.ts';

const formSchema = z.strictObject({
  csrf: formText(100),
  /** Base64, perhaps in lines. */
  signature: formText(mostSignatureCharacters),
});

interface Dependencies {
  readonly challenges: Pick<SignedChallenges, 'issue'>;
  readonly attempt: AttemptByCertificate<CardSignatureRefusal>;
  readonly findPersonToStrengthen: FindPersonToStrengthen;
  readonly page: CertificatePage;
}

/** Nothing was signed: told at once. */
const missingSignature: FieldError = {
  field: 'pin',
  message: 'login.certificate.error.missing',
  code: 'C00',
};

export function createCertificateStep(deps: Dependencies): LoginStep {
  const { page } = deps;

  async function render(
    ctx: InteractionContext,
    showing: Omit<CertificateShowing, 'challenge' | 'stepUp'>,
  ): Promise<StepOutcome> {
    const challenge = await deps.challenges.issue(ownerOf(ctx));
    const stepUp = showing.directoryDown ? undefined : await deps.findPersonToStrengthen(ctx);
    await page.show(ctx, { ...showing, challenge, stepUp });
    return shown;
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
      const outcome = await deps.attempt(ctx, signature);
      if (outcome.kind === 'completed') return outcome;
      if (outcome.kind === 'directory-down') return render(ctx, { status: 503, directoryDown: true });
      const { error, advice } = toldRefusal(outcome.reason);
      return render(ctx, { status: 422, errors: [error], ...(advice && { advice }) });
    },
  };
}

function ownerOf({ state }: InteractionContext): ChallengeOwner {
  const { uid, client } = state.interaction;
  return { purpose: 'login', binding: uid, clientId: client.clientId };
}
