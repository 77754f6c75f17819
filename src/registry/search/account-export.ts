/** Lists of accounts as files for spreadsheet programs; national IDs masked, nothing in them taken for a formula. */
import { Readable } from 'node:stream';
import type { AccountSummary } from '#domain/account-listing.ts';
import { formatGrant } from '#domain/grant.ts';
import { csvTable } from '#http/csv.ts';
import type { Language } from '#http/request-state.ts';
import { writeWorkbook } from '#http/table/write-workbook.ts';
import { formatDateTime } from '#pages/date-time.ts';
import { translate } from '#pages/messages/translate.ts';

const columns = [
  'name',
  'nationalId',
  'title',
  'agency',
  'agencyCode',
  'agencyOid',
  'unit',
  'unitOid',
  'kind',
  'status',
  'openedOn',
  'lastPasswordLogin',
  'lastCertificateLogin',
  'roles',
] as const;

function headOf(language: Language): string[] {
  return columns.map((column) => translate(language, `registry.export.${column}`));
}

function cellsOf(account: AccountSummary, language: Language): string[] {
  const { agency, unit, lastPasswordLogin, lastCertificateLogin } = account;
  const values: Readonly<Record<(typeof columns)[number], string>> = {
    name: account.name,
    nationalId: account.maskedNationalId,
    title: account.title ?? '',
    agency: agency.name,
    agencyCode: agency.code,
    agencyOid: agency.oid,
    unit: unit?.name ?? '',
    unitOid: unit?.oid ?? '',
    kind: translate(language, `home.kind.${account.office}`),
    status: translate(language, `profile.status.${account.status}`),
    openedOn: account.openedOn,
    lastPasswordLogin: lastPasswordLogin ? formatDateTime(lastPasswordLogin) : '',
    lastCertificateLogin: lastCertificateLogin ? formatDateTime(lastCertificateLogin) : '',
    roles: account.grants.map(formatGrant).join(' '),
  };
  return columns.map((column) => values[column]);
}

async function* rowsOf(accounts: AsyncIterable<AccountSummary>, language: Language) {
  for await (const account of accounts) yield cellsOf(account, language);
}

/** What ends early says so in its last line, and then the connection is cut, so that no browser takes the file for a whole one. */
export function csvOf(accounts: AsyncIterable<AccountSummary>, language: Language): Readable {
  const cut = translate(language, 'registry.export.cut');
  return Readable.from(csvTable(headOf(language), rowsOf(accounts, language), cut));
}

/** As `csvOf`; a workbook that is cut opens in no program. */
export function workbookOf(accounts: AsyncIterable<AccountSummary>, language: Language): Readable {
  const name = translate(language, 'registry.place.accounts');
  return writeWorkbook([{ name, head: headOf(language), rows: rowsOf(accounts, language) }]);
}
