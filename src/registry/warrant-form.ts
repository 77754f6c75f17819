/** What an act rests on, as its form asks for it: it stands where an approved form will stand. */
import { judgeWarrant, type Warrant } from '#accounts/warrant.ts';
import { formText } from '#http/form.ts';
import type { FieldError } from '#pages/field-error.ts';

/** Part of the schema of each form of a deed. */
export const warrantFields = { formNumber: formText(200), reason: formText(1000) };

export interface TypedWarrant {
  readonly formNumber: string;
  readonly reason: string;
}

export const noWarrant: TypedWarrant = { formNumber: '', reason: '' };

export type WarrantReading =
  | { readonly ok: true; readonly warrant: Warrant }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

export function readWarrant({ formNumber, reason }: TypedWarrant): WarrantReading {
  const verdict = judgeWarrant({ form: formNumber, reason });
  if (verdict.ok) return verdict;
  const errors = verdict.faults.map(({ field, fault }): FieldError => {
    const name = field === 'form' ? 'formNumber' : 'reason';
    return { field: name, message: `registry.warrant.error.${name}.${fault}`, code: 'R01' };
  });
  return { ok: false, errors };
}
