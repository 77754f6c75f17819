import type { FactorRefusal } from '#accounts/factor-rules.ts';
import type { CertificateStanding } from '#accounts/certificate-rules.ts';
import type { Day } from '#domain/calendar.ts';
import type { CertificateMedium, FormerCertificate } from '#domain/certificate-binding.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

/** A registered certificate; days are in Asia/Taipei. */
export interface ShownCertificate {
  readonly medium: CertificateMedium;
  readonly subjectName: string;
  readonly issuerName: string;
  /** Hex, as the issuer's own tools show it. */
  readonly serial: string;
  readonly notBefore: Day;
  readonly notAfter: Day;
  readonly standing: CertificateStanding;
  /** Whole days until it ends; absent once it has ended. */
  readonly daysLeft?: number;
  readonly registeredAt: Date;
  readonly lastUsedAt?: Date;
  /** Where the question is asked whether to take it away; absent: it is the last way in. */
  readonly removeHref?: string;
}

export interface ShownFormerCertificate {
  readonly medium: CertificateMedium;
  readonly serial: string;
  readonly notAfter: Day;
  readonly registeredAt: Date;
  readonly endedAt: Date;
  readonly reason: FormerCertificate['reason'];
}

export interface CertificatesModel {
  readonly navigation: PortalNavigation;
  readonly certificates: readonly ShownCertificate[];
  readonly former: readonly ShownFormerCertificate[];
  readonly registerHref: string;
  readonly notice?: 'removed';
  readonly errors: readonly FieldError[];
}

export interface RemoveCertificateModel {
  readonly navigation: PortalNavigation;
  readonly certificate: ShownCertificate;
  /** Certificates with which the person still logs in. */
  readonly remaining: readonly ShownCertificate[];
  /** Why this session may not; there is no form then. */
  readonly refusal?: FactorRefusal;
  readonly freshMinutes: number;
  /** Where to log in with the card, and come back. */
  readonly logInHref: string;
  readonly action: string;
  readonly csrf: string;
  /** Names the certificate in the form. */
  readonly fingerprint: string;
  readonly backHref: string;
}
