/**
 * 憑證登入, with the certificate shown by the browser. The form leads with a ticket to the address that asks browsers for certificates
 * (present-certificate.ts); from there the browser comes back with a proof, which counts only with the cookie of this very login.
 */
import { z } from 'zod';
import type { CertificateHandovers } from '#authentication/certificate-handovers.ts';
import type { TlsRefusal } from '#authentication/certificate-in-tls.ts';
import { formText, parseForm } from '#http/form.ts';
import type { AttemptByCertificate } from '../attempt-by-certificate.ts';
import type { InteractionContext } from '../interaction-state.ts';
import { shown, type LoginStep, type StepOutcome } from '../login-step.ts';
import type { FindPersonToStrengthen } from '../person-to-strengthen.ts';
import type { CertificateTlsPage, CertificateTlsShowing } from './certificate-tls-page.ts';
import { toldTlsRefusal } from './certificate-tls-refusals.ts';
import { presentPath, secretIn } from './handover-addresses.ts';

const formSchema = z.strictObject({ csrf: formText(100) });

interface Dependencies {
  readonly handovers: Pick<CertificateHandovers, 'issueTicket'>;
  readonly attempt: AttemptByCertificate<TlsRefusal>;
  readonly findPersonToStrengthen: FindPersonToStrengthen;
  readonly page: CertificateTlsPage;
  /** Origin under which browsers are asked for a certificate. */
  readonly origin: string;
}

export function createCertificateTlsStep(deps: Dependencies): LoginStep {
  const { page } = deps;

  async function render(
    ctx: InteractionContext,
    showing: Omit<CertificateTlsShowing, 'stepUp'>,
  ): Promise<StepOutcome> {
    const stepUp = showing.directoryDown ? undefined : await deps.findPersonToStrengthen(ctx);
    await page.show(ctx, { ...showing, stepUp });
    return shown;
  }

  return {
    name: 'certificate-tls',
    async show(ctx) {
      const directoryDown = !(await page.directoryAnswers());
      await render(ctx, { status: directoryDown ? 503 : 200, directoryDown });
    },
    async submit(ctx) {
      parseForm(ctx, formSchema);
      const { uid, client } = ctx.state.interaction;
      const ticket = await deps.handovers.issueTicket({ binding: uid, clientId: client.clientId });
      const there = new URL(presentPath, deps.origin);
      there.searchParams.set('ticket', ticket);
      ctx.status = 303;
      ctx.redirect(there.href);
      return shown;
    },
    async comeBack(ctx) {
      // What is no proof at all is judged as one that nobody issued: counted and recorded like it.
      const outcome = await deps.attempt(ctx, secretIn(ctx.query['proof']) ?? '');
      if (outcome.kind === 'completed') return outcome;
      if (outcome.kind === 'directory-down') return render(ctx, { status: 503, directoryDown: true });
      const { error, advice } = toldTlsRefusal(outcome.reason);
      return render(ctx, { status: 422, errors: [error], ...(advice && { advice }) });
    },
  };
}
