/** What an act rests on until forms are in use: the number of a form or letter, and a reason. */
export interface Warrant {
  readonly form: string;
  readonly reason: string;
}

export interface WarrantFault {
  readonly field: keyof Warrant;
  /** `malformed`: too long, or with characters that break a line or turn the reading direction. */
  readonly fault: 'missing' | 'malformed';
}

export type WarrantVerdict =
  | { readonly ok: true; readonly warrant: Warrant }
  | { readonly ok: false; readonly faults: readonly WarrantFault[] };

/** Characters at most. */
const maximum: Readonly<Record<keyof Warrant, number>> = { form: 60, reason: 200 };
const refused = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Judges a warrant as typed and brings it into its stored form (NFC). */
export function judgeWarrant(typed: Warrant): WarrantVerdict {
  const warrant = { form: typed.form.normalize('NFC').trim(), reason: typed.reason.normalize('NFC').trim() };
  const faults = (['form', 'reason'] as const).flatMap((field): WarrantFault[] => {
    const text = warrant[field];
    if (text === '') return [{ field, fault: 'missing' }];
    const isMalformed = refused.test(text) || [...text].length > maximum[field];
    return isMalformed ? [{ field, fault: 'malformed' }] : [];
  });
  return faults.length === 0 ? { ok: true, warrant } : { ok: false, faults };
}
