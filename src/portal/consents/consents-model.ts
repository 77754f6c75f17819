import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { ShownScopes } from '#pages/shown-scopes.ts';

/** A system that is given data by the person's consent. */
export interface ShownConsent extends ShownScopes {
  readonly clientId: string;
  /** In the language of the page. */
  readonly name: string;
  readonly since: Date;
  /** Where the question is asked whether to withdraw it. */
  readonly withdrawHref: string;
}

export interface ConsentsModel {
  readonly navigation: PortalNavigation;
  readonly consents: readonly ShownConsent[];
  /** Name of the system whose consent has just been withdrawn. */
  readonly withdrawn?: string;
}

export interface WithdrawConsentModel {
  readonly navigation: PortalNavigation;
  readonly consent: ShownConsent;
  readonly action: string;
  readonly csrf: string;
  readonly backHref: string;
}
