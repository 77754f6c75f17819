/** The page of the door where the browser shows the certificate, in each of its states. */
import type { Account } from '#domain/account.ts';
import type { Csrf } from '#http/csrf.ts';
import type { DirectoryMonitor } from '#http/directory-monitor.ts';
import { allowFormRedirectTo } from '#http/security-headers.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { Doors } from '../doors.ts';
import type { Entering } from '../entering.ts';
import type { InteractionContext } from '../interaction-state.ts';
import type { CertificateTlsModel } from './certificate-tls-model.ts';

export interface CertificateTlsShowing {
  readonly status: number;
  readonly errors?: readonly FieldError[];
  readonly advice?: MessageKey;
  readonly directoryDown?: boolean;
  /** Whose session the certificate is to strengthen. */
  readonly stepUp?: Pick<Account, 'name' | 'certificates'> | undefined;
}

export interface CertificateTlsPage {
  show(ctx: InteractionContext, showing: CertificateTlsShowing): Promise<void>;
  /** Whether the directory answers, as known without asking it on every request. */
  directoryAnswers(): Promise<boolean>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly entering: Entering;
  readonly doors: Pick<Doors, 'links'>;
  readonly directory: DirectoryMonitor;
  readonly information: PublicInformation;
  /** Origin under which browsers are asked for a certificate; the form leads there. */
  readonly origin: string;
}

export function createCertificateTlsPage(deps: Dependencies): CertificateTlsPage {
  const page = deps.views.page<CertificateTlsModel>(new URL('./certificate-tls.hbs', import.meta.url));
  const { host } = new URL(deps.origin);

  return {
    directoryAnswers: () => deps.directory.answers(),
    async show(ctx, { status, errors = [], advice, directoryDown = false, stepUp }) {
      const { interaction, language, transaction } = ctx.state;
      const { uid } = interaction;
      const action = stepPath(uid, 'certificate-tls');
      const entered = await deps.entering(interaction.client, language);
      allowFormRedirectTo(ctx, deps.origin);
      ctx.status = status;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx, action), {
        action,
        csrf: deps.csrf.issue(uid),
        host,
        doors: deps.doors.links(ctx, 'certificate-tls'),
        ...(entered && { entering: entered }),
        errors,
        ...(advice && { advice }),
        ...(transaction.notice && status === 200 && { notice: transaction.notice }),
        ...(stepUp && {
          stepUp: { personName: stepUp.name, hasCertificate: stepUp.certificates.length > 0 },
        }),
        information: deps.information(language, 'login'),
        directoryDown,
        cancelAction: `/interaction/${uid}/cancel`,
      });
    },
  };
}
