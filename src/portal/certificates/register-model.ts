import type { FactorRefusal } from '#accounts/factor-rules.ts';
import type { CardFormModel } from '#pages/card-form.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';
import type { PortalNavigation } from '#pages/portal-navigation.ts';
import type { ShownCertificate } from './certificates-model.ts';

export interface RegisterCertificateModel {
  readonly navigation: PortalNavigation;
  /** The account's name, which the card must have. */
  readonly name: string;
  /** Absent when it is done, and where this session may not. */
  readonly card?: CardFormModel;
  /** Why this session may not. */
  readonly refusal?: FactorRefusal;
  readonly freshMinutes: number;
  /** Nothing is registered yet: the last step of the first days. */
  readonly isFirst: boolean;
  /** Where to log in with the card: before, to be allowed to; afterwards, to go on. */
  readonly logInHref: string;
  readonly certificatesHref: string;
  readonly done?: { readonly certificate: ShownCertificate; readonly replaced: boolean };
  readonly errors: readonly FieldError[];
  /** What may be done about the error, where it is not in its words. */
  readonly advice?: MessageKey;
}
