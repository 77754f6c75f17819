/**
 * Form and reason of a change by SCIM, whose bodies have no place for them: `Hufu-Form` and `Hufu-Reason`, percent-encoded UTF-8, since
 * headers are ASCII; or those of the client's registration, for clients that send no headers of their own.
 */
import { judgeWarrant, type Warrant } from '#accounts/warrant.ts';
import type { Call } from '../operation.ts';
import { ScimError } from './scim-error.ts';

export function warrantOf({ header, standingWarrant }: Pick<Call, 'header' | 'standingWarrant'>): Warrant {
  const named = { form: decoded(header('Hufu-Form')), reason: decoded(header('Hufu-Reason')) };
  const isNamed = named.form !== '' || named.reason !== '';
  const verdict = judgeWarrant(isNamed ? named : (standingWarrant ?? named));
  if (verdict.ok) return verdict.warrant;
  const faults = verdict.faults.map(
    ({ field, fault }) => `Hufu-${field === 'form' ? 'Form' : 'Reason'} ${fault}`,
  );
  throw new ScimError('invalidValue', `a change needs form and reason: ${faults.join(', ')}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ScimError('invalidValue', 'Hufu-Form and Hufu-Reason are percent-encoded UTF-8');
  }
}
