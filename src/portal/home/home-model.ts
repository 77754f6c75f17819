import type { Office } from '#domain/account.ts';
import type { PublicInformationModel } from '#pages/public-information.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';

/** Something the person still has to do; its words are `home.toDo.<id>`. */
export interface ToDo {
  readonly id:
    | 'register-card'
    | 'certificate-ending'
    | 'certificate-expired'
    | 'password-window'
    | 'password-today'
    | 'password-expiring'
    | 'password-expired';
  /** When a password login ends, or a password is to be changed by, as it is to be shown. */
  readonly until?: string;
  /** Where it is done; absent where the person cannot do it here. */
  readonly href?: string;
}

/** A business system on the home page; name and description in the language of the page. */
export interface SystemTile {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  readonly url?: string;
  /** `step-up`: it asks for the card on entering. `certificate-required`: it would, but there are no certificate logins. */
  readonly state: 'open' | 'step-up' | 'certificate-required' | 'second-factor-required';
  /** The system's own least requirement is a certificate. */
  readonly needsCertificate: boolean;
  /** This person holds a role that lets them in without one. */
  readonly viaWithoutCertificateRole: boolean;
}

export interface HomeModel {
  readonly navigation: PortalNavigation;
  readonly name: string;
  readonly kind: Office;
  readonly agency: string;
  readonly unit?: string;
  readonly lastPasswordLogin?: Date;
  readonly lastCertificateLogin?: Date;
  readonly toDo: readonly ToDo[];
  readonly systems: readonly SystemTile[];
  readonly information: PublicInformationModel;
}
