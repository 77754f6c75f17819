/** The page of the certificate door in each of its states; every showing has a challenge of its own. */
import type { IssuedChallenge } from '#authentication/signed-challenges.ts';
import type { Account } from '#domain/account.ts';
import type { Csrf } from '#http/csrf.ts';
import type { DirectoryMonitor } from '#http/directory-monitor.ts';
import { keepOwnPopUps } from '#http/security-headers.ts';
import type { CardForms } from '#pages/card-form.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import { viewOf } from '#pages/view-of.ts';
import type { Views } from '#pages/views.ts';
import { stepPath } from '../dispatch.ts';
import type { Doors } from '../doors.ts';
import type { Entering } from '../entering.ts';
import type { InteractionContext } from '../interaction-state.ts';
import type { CertificateModel } from './certificate-model.ts';

export interface CertificateShowing {
  readonly status: number;
  readonly challenge: IssuedChallenge;
  readonly errors?: readonly FieldError[];
  readonly advice?: MessageKey;
  readonly directoryDown?: boolean;
  /** Whose session the card is to strengthen. */
  readonly stepUp?: Pick<Account, 'name' | 'certificates'> | undefined;
}

export interface CertificatePage {
  show(ctx: InteractionContext, showing: CertificateShowing): Promise<void>;
  /** Whether the directory answers, as known without asking it on every request. */
  directoryAnswers(): Promise<boolean>;
}

interface Dependencies {
  readonly views: Views;
  readonly csrf: Csrf;
  readonly entering: Entering;
  readonly doors: Pick<Doors, 'links'>;
  readonly directory: DirectoryMonitor;
  readonly cardForms: CardForms;
  readonly information: PublicInformation;
}

export function createCertificatePage(deps: Dependencies): CertificatePage {
  const page = deps.views.page<CertificateModel>(new URL('./certificate.hbs', import.meta.url));

  return {
    directoryAnswers: () => deps.directory.answers(),
    async show(ctx, { status, challenge, errors = [], advice, directoryDown = false, stepUp }) {
      const { interaction, language, transaction } = ctx.state;
      const { uid } = interaction;
      const action = stepPath(uid, 'certificate');
      const entered = await deps.entering(interaction.client, language);
      keepOwnPopUps(ctx);
      ctx.status = status;
      ctx.type = 'html';
      ctx.body = page(viewOf(ctx, action), {
        card: deps.cardForms({
          action,
          csrf: deps.csrf.issue(uid),
          purpose: 'login',
          challenge: challenge.text,
          challengeHref: action,
        }),
        doors: deps.doors.links(ctx, 'certificate'),
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
