/** The words of each refusal of the certificate door, with what to do next. */
import type { CertificateLoginRefusal } from '#authentication/certificate-login.ts';
import { cardVerdictAdvice, cardVerdictError } from '#pages/card-verdicts.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';

export interface ToldRefusal {
  readonly error: FieldError;
  readonly advice?: MessageKey;
}

/** Nothing was signed: told at once. */
export const missingSignature: FieldError = {
  field: 'pin',
  message: 'login.certificate.error.missing',
  code: 'C00',
};

export function toldRefusal(reason: CertificateLoginRefusal): ToldRefusal {
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
