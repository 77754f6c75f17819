/** The template to be filled in: a head, an example that is to be deleted, and in a workbook the units to copy OIDs from. */
import type { Readable } from 'node:stream';
import { importColumns, type ImportColumn } from '#accounts/import/import-columns.ts';
import type { Organization } from '#domain/directory.ts';
import { byteOrderMark, csvLine } from '#http/csv.ts';
import { writeWorkbook } from '#http/table/write-workbook.ts';
import type { Language } from '#pages/messages/define-messages.ts';
import { translate } from '#pages/messages/translate.ts';
import { headingOf } from './batch-columns.ts';

/** An invented person; the national ID is the checksum's textbook example. */
function exampleOf(language: Language, unit: Organization | undefined, role: string | undefined): string[] {
  const values: Partial<Record<ImportColumn, string>> = {
    name: translate(language, 'registry.batch.example.name'),
    nationalId: 'A123456789',
    birthday: '0215',
    email: 'name@example.gov.tw',
    unitOid: unit?.oid ?? '2.16.886.101.90027.20002.20011',
    roles: role ?? 'csm_user',
    title: translate(language, 'registry.batch.example.title'),
    staffNumber: 'A001',
    phone: '02-12345678',
    extension: '123',
    mobile: '0912345678',
    postalCode: '100',
    address: translate(language, 'registry.batch.example.address'),
  };
  return importColumns.map((column) => values[column] ?? '');
}

const headOf = (language: Language) => importColumns.map((column) => headingOf(language, column));

export interface TemplateFacts {
  /** Within what the manager sees, those to choose from. */
  readonly units: readonly Organization[];
  /** One that the manager may give. */
  readonly role: string | undefined;
}

export function csvTemplate(language: Language, { units, role }: TemplateFacts): string {
  const example = exampleOf(language, units.at(-1), role);
  return byteOrderMark + csvLine(headOf(language)) + csvLine(example);
}

export function workbookTemplate(language: Language, { units, role }: TemplateFacts): Readable {
  return writeWorkbook([
    {
      name: translate(language, 'registry.place.batch'),
      head: headOf(language),
      rows: [exampleOf(language, units.at(-1), role)],
      width: 18,
    },
    {
      name: translate(language, 'registry.batch.units'),
      head: [headingOf(language, 'unitOid'), translate(language, 'registry.batch.unitName')],
      rows: units.map(({ oid, name }) => [oid, name]),
      width: 40,
    },
  ]);
}
