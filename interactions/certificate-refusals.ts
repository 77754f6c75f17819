/** The words of each refusal of a certificate at a door, with what to do next. */
import type { CardSignatureRefusal } from '#authentication/card-signature.ts';
import type { CertificateLoginRefusal } from '#authentication/certificate-login.ts';
import { cardVerdictAdvice, cardVerdictError } from '#pages/card-verdicts.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';

export interface ToldRefusal {
  readonly error: FieldError;
  readonly advice?: MessageKey;
}

export function toldRefusal(reason: CertificateLoginRefusal<CardSignatureRefusal>): ToldRefusal {
  switch (reason) {
    case 'address-limit':
      return { error: { field: '', message: 'login.certificate.error.tooMany', code: 'C30' } };
    case 'disabled':
      return { error: { field: '', message: 'login.certificate.error.disabled', code: 'L03' } };
    case 'not-opened':
      return { error: { field: '', message: 'login.certificate.error.notOpened', code: 'C31' } };
    default:
      return { error: cardVerdictError(reason), advice: cardVerdictAdvice(reason) };
  }
}
