/** How a refused registration is told: in the words of the card's verdicts, or in those of the rule for the account. */
import type { FactorRefusal } from '#accounts/factor-rules.ts';
import type { RegisterRefusal } from '#accounts/register-certificate.ts';
import { cardVerdictAdvice, cardVerdictError, toldVerdicts, type ToldVerdict } from '#pages/card-verdicts.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { MessageKey } from '#pages/messages/catalogue.ts';

/** A session that may not is shown what it needs instead. */
export type ToldRefusal = Exclude<RegisterRefusal, FactorRefusal> | ToldVerdict | 'no-signature';

type OwnRefusal = Exclude<ToldRefusal, Exclude<ToldVerdict, 'name-mismatch'>>;

const codes: Readonly<Record<OwnRefusal, string>> = {
  'no-signature': 'R01',
  'not-enabled': 'R02',
  'not-a-person': 'R03',
  'other-holder': 'R04',
  'name-mismatch': 'R05',
  'already-registered': 'R06',
  'changed-meanwhile': 'R07',
};

export interface ToldError {
  readonly error: FieldError;
  readonly advice?: MessageKey;
}

export function registerError(reason: ToldRefusal): ToldError {
  if (isOwn(reason)) {
    return { error: { field: '', message: `certificates.register.error.${reason}`, code: codes[reason] } };
  }
  return { error: cardVerdictError(reason), advice: cardVerdictAdvice(reason) };
}

/** A name that differs has words of its own here, since the account is known. */
function isOwn(reason: ToldRefusal): reason is OwnRefusal {
  return reason in codes;
}

/** Every reason there is, for the page's states. */
export const toldRefusals: readonly ToldRefusal[] = [
  ...(Object.keys(codes) as OwnRefusal[]),
  ...toldVerdicts.filter((verdict) => !(verdict in codes)),
];
