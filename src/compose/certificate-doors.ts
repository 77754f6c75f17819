/** The doors to which a certificate opens, wired: signed with by a card, and shown by the browser in TLS. */
import type { Middleware } from 'koa';
import { createCertificateHandovers } from '#authentication/certificate-handovers.ts';
import { createCertificatesInTls } from '#authentication/certificate-in-tls.ts';
import { createCertificateLogin, type VerifyShown } from '#authentication/certificate-login.ts';
import type { Csrf } from '#http/csrf.ts';
import type { DirectoryMonitor } from '#http/directory-monitor.ts';
import { createAttemptByCertificate } from '#interactions/attempt-by-certificate.ts';
import { createCertificatePage } from '#interactions/certificate/certificate-page.ts';
import { createCertificateStep } from '#interactions/certificate/certificate-step.ts';
import { createCertificateTlsPage } from '#interactions/certificate-tls/certificate-tls-page.ts';
import { createCertificateTlsStep } from '#interactions/certificate-tls/certificate-tls-step.ts';
import { createPresentCertificateRoutes } from '#interactions/certificate-tls/present-certificate.ts';
import type { Doors } from '#interactions/doors.ts';
import type { Entering } from '#interactions/entering.ts';
import type { LoginStep } from '#interactions/login-step.ts';
import { createFindPersonToStrengthen } from '#interactions/person-to-strengthen.ts';
import type { PublicInformation } from '#pages/public-information.ts';
import type { Views } from '#pages/views.ts';
import type { Cards } from './cards.ts';
import type { PeopleInTls } from './people-in-tls.ts';
import type { Services } from './services.ts';

interface Dependencies {
  readonly services: Services;
  readonly peopleInTls: PeopleInTls | undefined;
  readonly pageParts: {
    readonly views: Views;
    readonly csrf: Csrf;
    readonly entering: Entering;
    readonly doors: Doors;
    readonly directory: DirectoryMonitor;
    readonly information: PublicInformation;
  };
}

export interface CertificateDoors {
  readonly steps: readonly LoginStep[];
  /** What is served outside of logins. */
  readonly routes: readonly Middleware[];
}

export function composeCertificateDoors({
  services,
  peopleInTls,
  pageParts,
}: Dependencies): CertificateDoors {
  const { config, machine, stores, directory, sealing, certificates, cards } = services;
  const { accounts } = directory;
  const { clock } = machine;
  if (!certificates || !cards) return { steps: [], routes: [] };
  const findPersonToStrengthen = createFindPersonToStrengthen(accounts);

  const attempting = <Reason extends string>(
    method: 'certificate' | 'certificate-tls',
    verify: VerifyShown<Reason>,
  ) =>
    createAttemptByCertificate({
      method,
      logIn: createCertificateLogin({ limits: services.attemptLimits, verify, accounts }),
      accounts,
      audit: stores.audit,
      clock,
      rulesVersion: config.rulesOfUse.version,
    });

  const cardDoor = ({ challenges, verifySignature, forms }: Cards): LoginStep =>
    createCertificateStep({
      challenges,
      attempt: attempting('certificate', (owner, signature) =>
        verifySignature({ purpose: 'login', ...owner }, signature),
      ),
      findPersonToStrengthen,
      page: createCertificatePage({ ...pageParts, cardForms: forms }),
    });

  if (!peopleInTls) return { steps: [cardDoor(cards)], routes: [] };
  const { origin, findShown } = peopleInTls;
  const { issuer } = config;
  const handovers = createCertificateHandovers({
    ...machine,
    store: stores.protocol.oneTime,
    sealing,
    issuer,
  });
  const tlsDoor = createCertificateTlsStep({
    handovers,
    attempt: attempting(
      'certificate-tls',
      createCertificatesInTls({ handovers, judgeCertificate: certificates.judge, clock }),
    ),
    findPersonToStrengthen,
    page: createCertificateTlsPage({ ...pageParts, origin }),
    origin,
  });
  const present = createPresentCertificateRoutes({ handovers, findShown, issuer });
  return { steps: [cardDoor(cards), tlsDoor], routes: [present.routes() as Middleware] };
}
