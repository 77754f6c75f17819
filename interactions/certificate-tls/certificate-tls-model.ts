import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PublicInformationModel } from '#pages/public-information.ts';
import type { DoorLink } from '../door-link.ts';

export interface CertificateTlsModel {
  readonly action: string;
  readonly csrf: string;
  /** Host that the browser will ask for the certificate for. */
  readonly host: string;
  readonly doors: readonly DoorLink[];
  /** The business system that asked for the login, in the language of the page. */
  readonly entering?: { readonly name: string; readonly owner?: string };
  readonly errors: readonly FieldError[];
  /** What may be done about the error. */
  readonly advice?: MessageKey;
  readonly notice?: 'activated' | 'expired';
  /** Somebody who is logged in already is asked for the card, since the system needs it. */
  readonly stepUp?: {
    readonly personName: string;
    /** Whether a card is registered to the account; without one there is something to do first. */
    readonly hasCertificate: boolean;
  };
  readonly information: PublicInformationModel;
  readonly directoryDown: boolean;
  /** Where cancelling posts to. */
  readonly cancelAction: string;
}
