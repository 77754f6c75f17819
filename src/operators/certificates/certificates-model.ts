import type { SourceFailure, TrustedAuthority } from '#domain/trust-sources.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

/** `none`: nothing usable ever came; `ended`: what is held has ended; `failing`: it has not, but no newer one can be had. */
export type SourceState = 'fresh' | 'failing' | 'ended' | 'none';

export interface ShownSource {
  readonly kind: 'crl' | 'ocsp';
  readonly url: string;
  /** The issuer's name, or its key where the configuration does not hold it. */
  readonly issuer: string;
  readonly state: SourceState;
  readonly isGood: boolean;
  readonly lastSuccess?: Date;
  /** Since the last success. */
  readonly age?: { readonly hours: number; readonly minutes: number };
  readonly nextUpdate?: Date;
  readonly number?: string;
  readonly entries?: string;
  /** KiB. */
  readonly size?: string;
  readonly failure?: SourceFailure;
  readonly failures: number;
}

export interface ShownAuthority extends TrustedAuthority {
  readonly state: 'valid' | 'ended' | 'not-yet';
}

export interface CertificatesModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'certificates';
  /** False: there are no certificate logins in this deployment. */
  readonly configured: boolean;
  readonly authorities: readonly ShownAuthority[];
  readonly sources: readonly ShownSource[];
  readonly refreshHref: string;
  readonly notice?: 'refreshing';
}

export interface RefreshQuestionModel {
  readonly navigation: PortalNavigation;
  readonly tab: 'certificates';
  readonly csrf: string;
  readonly action: string;
  /** CRLs that will be fetched. */
  readonly count: number;
}
