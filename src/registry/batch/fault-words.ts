/** What is wrong with a line, in words that say what to do. */
import { importColumns } from '#accounts/import/import-columns.ts';
import { lineFaults, type LineFault } from '#accounts/import/line-rules.ts';
import type { ImportLineFault } from '#domain/import-jobs.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import { translate, translateKey } from '#pages/messages/translate.ts';
import { headingOf } from './batch-columns.ts';

const specific: readonly string[] = [
  'name',
  'nationalId',
  'birthday',
  'email',
  'unitOid',
  'agencyOid',
  'roles',
] satisfies readonly LineFault['column'][];

/** `電子郵件：不是電子郵件地址…`; a fault that the rules do not know (any more) is named by its code. */
export function faultText(language: Language, { column, fault, about = '' }: ImportLineFault): string {
  const known = importColumns.find((each) => each === column);
  const code = lineFaults.find((each) => each === fault);
  if (!known || !code) return fault;
  return translate(language, 'registry.batch.fault', {
    column: headingOf(language, known),
    fault: wordsFor(language, known, code, about),
  });
}

function wordsFor(language: Language, column: string, fault: LineFault['fault'], about: string): string {
  if (fault === 'malformed') {
    return translateKey(
      language,
      `registry.batch.fault.malformed.${specific.includes(column) ? column : 'other'}`,
    );
  }
  if (fault === 'refused') {
    // Of the deed's own closed union, written by the phase.
    return translate(language, 'registry.batch.fault.refused', {
      why: translateKey(language, `registry.why.${about}`),
    });
  }
  return translate(language, `registry.batch.fault.${fault}`, { about });
}
