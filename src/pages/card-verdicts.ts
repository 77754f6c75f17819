/** How a refused signature is told: words by the reason, with a short code for the help desk. */
import type { FieldError } from './field-error.ts';
import type { MessageKey } from './messages/catalogue.ts';

const codes = {
  'no-challenge': 'C01',
  'foreign-challenge': 'C02',
  'bad-signature': 'C03',
  malformed: 'C11',
  untrusted: 'C12',
  'not-yet-valid': 'C13',
  expired: 'C14',
  'wrong-usage': 'C15',
  'wrong-policy': 'C16',
  'weak-algorithm': 'C17',
  revoked: 'C18',
  'revocation-unknown': 'C19',
  'test-certificate': 'C20',
  'name-mismatch': 'C21',
  'not-bound': 'C22',
  'bound-elsewhere': 'C23',
} as const;

/** What is told of a signature, or of the certificate it was made with. */
export type ToldVerdict = keyof typeof codes;

export const toldVerdicts = Object.keys(codes) as readonly ToldVerdict[];

export function cardVerdictError(verdict: ToldVerdict): FieldError {
  return { field: '', message: `card.verdict.${verdict}`, code: codes[verdict] };
}

/** What to do about it. */
export function cardVerdictAdvice(verdict: ToldVerdict): MessageKey {
  return `card.verdict.${verdict}.next`;
}
