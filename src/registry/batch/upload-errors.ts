import type { TableError } from '#http/table/table-error.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import type { HeadVerdict } from './batch-columns.ts';

/** A file that cannot be read, as an error of its field. */
export function tableError({ fault, line }: TableError, lines: string): FieldError {
  if (fault === 'not-a-table' && line !== undefined) {
    return { field: 'file', message: 'registry.batch.error.not-a-table-line', params: { line }, code: 'B04' };
  }
  return { field: 'file', message: `registry.batch.error.${fault}`, params: { lines }, code: 'B04' };
}

/** A head that is not ours. */
export function headError(
  { fault, columns }: Extract<HeadVerdict, { readonly ok: false }>,
  language: Language,
): FieldError {
  const params = { columns: columns.slice(0, 10).join(language === 'en' ? ', ' : '、') };
  return { field: 'file', message: `registry.batch.error.${fault}`, params, code: 'B05' };
}
