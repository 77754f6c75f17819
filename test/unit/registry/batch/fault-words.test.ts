import { expect, test } from 'vitest';
import { importColumns } from '#accounts/import/import-columns.ts';
import { lineFaults } from '#accounts/import/line-rules.ts';
import { tableFaults, TableError } from '#http/table/table-error.ts';
import { languages } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';
import { faultText } from '#registry/batch/fault-words.ts';
import { tableError } from '#registry/batch/upload-errors.ts';

test.each(languages)('every fault of every column says what to do: %s', (language) => {
  const texts = importColumns.flatMap((column) =>
    lineFaults.map((fault) =>
      faultText(language, { column, fault, about: fault === 'refused' ? 'own-account' : 'csm_user' }),
    ),
  );
  for (const text of texts) expect(text.length).toBeGreaterThan(8);
  expect(new Set(texts).size).toBe(texts.length);
  if (language === 'en') for (const text of texts) expect(text).not.toMatch(/\p{Script=Han}/u);
});

test('a fault that the rules do not know is named by its code', () => {
  expect(faultText('en', { column: 'name', fault: 'from-later' })).toBe('from-later');
  expect(faultText('en', { column: 'shoe', fault: 'missing' })).toBe('missing');
});

test.each(languages)('every fault of a file has words: %s', (language) => {
  for (const fault of tableFaults) {
    const { message, params } = tableError(new TableError(fault, { line: 7 }), '20,000');
    expect(translate(language, message, params).length).toBeGreaterThan(8);
  }
  expect(tableError(new TableError('not-a-table', { line: 7 }), '1')).toMatchObject({ params: { line: 7 } });
});
