/**
 * What may come of asking a card, in the browser: what the component answers (assets/js/card-outcomes.js tells which number means which),
 * and what keeps it from answering. The words are `card.outcome.<id>`, what to do next `card.outcome.<id>.next`.
 */
export interface CardOutcome {
  readonly id: string;
  /** Short code that a help desk can ask for; the component's own numbers are shown beside it. */
  readonly code: string;
  /** The PIN field, or the form as a whole. */
  readonly field: 'pin' | '';
  /** Where the next step is taken, if it is on another site. */
  readonly link?: 'unlock' | 'download';
}

export const cardOutcomes = [
  { id: 'pin-missing', code: 'K01', field: 'pin' },
  { id: 'popup-blocked', code: 'K02', field: '' },
  { id: 'not-installed', code: 'K03', field: '', link: 'download' },
  { id: 'window-closed', code: 'K04', field: '' },
  { id: 'bad-answer', code: 'K05', field: '', link: 'download' },
  { id: 'no-challenge', code: 'K06', field: '' },
  { id: 'component-request', code: 'K10', field: '', link: 'download' },
  { id: 'component-failed', code: 'K11', field: '' },
  { id: 'component-other', code: 'K12', field: '', link: 'download' },
  { id: 'domain-not-allowed', code: 'K13', field: '', link: 'download' },
  { id: 'cancelled', code: 'K14', field: '' },
  { id: 'no-pin', code: 'K15', field: 'pin' },
  { id: 'no-reader', code: 'K20', field: '' },
  { id: 'no-card', code: 'K21', field: '' },
  { id: 'card-login-failed', code: 'K22', field: 'pin' },
  { id: 'wrong-pin', code: 'K23', field: 'pin' },
  { id: 'wrong-pin-two-left', code: 'K24', field: 'pin' },
  { id: 'wrong-pin-one-left', code: 'K25', field: 'pin' },
  { id: 'pin-length', code: 'K26', field: 'pin' },
  { id: 'locked', code: 'K27', field: '', link: 'unlock' },
  { id: 'key-not-read', code: 'K30', field: '' },
  { id: 'certificate-not-read', code: 'K31', field: '' },
  { id: 'sign-failed', code: 'K32', field: '' },
  { id: 'card-not-yet-valid', code: 'K33', field: '' },
  { id: 'card-expired', code: 'K34', field: '' },
  { id: 'wrong-card-moica', code: 'K40', field: '' },
  { id: 'wrong-card-moeaca', code: 'K41', field: '' },
  { id: 'wrong-card-gca', code: 'K42', field: '' },
  { id: 'wrong-card-xca', code: 'K43', field: '' },
] as const satisfies readonly CardOutcome[];
