/** An entry as a line of a list, and what lines are sorted by. */
import type { Account } from '#domain/account.ts';
import {
  lastLoginOf,
  maskNationalId,
  type AccountOrder,
  type AccountSummary,
} from '#domain/account-listing.ts';
import { isHufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { readAccount } from './account-entry.ts';
import { parseTime, type EntryReader } from './ldap-values.ts';

/** What a line is made of; what readAccount asks for besides is there in every account. */
export const summaryAttributes: readonly string[] = [
  'uid',
  'cn',
  'hufuRevision',
  'hufuNationalIdSealed',
  'hufuBirthdaySealed',
  'hufuAgencyOid',
  'hufuAgencyCode',
  'hufuAgencyName',
  'hufuUnitOid',
  'hufuUnitName',
  'hufuScopeOid',
  'hufuJurisdictionOid',
  'hufuOffice',
  'hufuStatus',
  'hufuOpenedOn',
  'hufuGrant',
  'hufuOneDayPassword',
  'hufuLastPasswordLogin',
  'hufuLastCertificateLogin',
  'title',
  'mail',
];

export type ReadSummary = (entry: EntryReader) => AccountSummary[];

/** A malformed entry is left out with a warning: one bad line does not take the list away. */
export function createReadSummary({ sealing, log }: { sealing: Sealing; log: Log }): ReadSummary {
  return (entry) => {
    try {
      return [summaryOf(readAccount(entry, log), sealing)];
    } catch (error) {
      if (!isHufuError(error)) throw error;
      log.warn('directory.malformed-entry', { kind: 'account', ...error.facts });
      return [];
    }
  };
}

function summaryOf(account: Account, sealing: Sealing): AccountSummary {
  const { id, revision, name, agency, unit, scopeOid, jurisdictionOid, office, status } = account;
  const { openedOn, grants, lastPasswordLogin, lastCertificateLogin, contact, password } = account;
  const nationalId = sealing.open(account.nationalId, sealingContext(sealingPurpose.nationalId, id));
  return {
    id,
    revision,
    name,
    maskedNationalId: maskNationalId(nationalId),
    agency,
    ...(unit && { unit }),
    scopeOid,
    jurisdictionOid,
    office,
    status,
    openedOn,
    grants,
    ...(contact.title !== undefined && { title: contact.title }),
    hasEmail: contact.email !== undefined,
    ...(password.oneDay && { oneDayPassword: password.oneDay }),
    ...(lastPasswordLogin && { lastPasswordLogin }),
    ...(lastCertificateLogin && { lastCertificateLogin }),
  };
}

/** What a hit is read with in order to be sorted. */
export const orderAttributes: Readonly<Record<AccountOrder, readonly string[]>> = {
  name: ['cn'],
  unit: ['hufuAgencyName', 'hufuUnitName', 'cn'],
  'opened-on': ['hufuOpenedOn'],
  'last-login': ['hufuLastPasswordLogin', 'hufuLastCertificateLogin'],
};

const collator = new Intl.Collator('zh-TW-u-co-stroke');

/** Ids of the hits in the order asked for; those alike in the order of their ids. */
export function sortedIds(hits: readonly EntryReader[], order: AccountOrder, descending: boolean): string[] {
  const sign = descending ? -1 : 1;
  const keyed = hits.map((hit) => ({ id: hit.find('uid') ?? '', keys: keysOf(hit, order) }));
  const isText = order === 'name' || order === 'unit';
  const rankOf = isText ? rankTexts(keyed.flatMap(({ keys }) => keys)) : undefined;
  const ranked = keyed.map(({ id, keys }) => ({ id, keys: rankOf ? keys.map(rankOf) : keys }));
  return ranked
    .toSorted((a, b) => sign * compareKeys(a.keys, b.keys) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** Many have the same unit, and names alike: each text is put in its place once, and places are compared. */
function rankTexts(texts: readonly string[]): (text: string) => number {
  const ranks = new Map<string, number>();
  let rank = 0;
  let before: string | undefined;
  for (const text of [...new Set(texts)].toSorted(collator.compare)) {
    if (before !== undefined && collator.compare(before, text) !== 0) rank += 1;
    ranks.set(text, rank);
    before = text;
  }
  return (text) => ranks.get(text) ?? 0;
}

type SortKey = string | number;

function compareKeys(a: readonly SortKey[], b: readonly SortKey[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const [one = '', other = ''] = [a[index], b[index]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function keysOf(hit: EntryReader, order: AccountOrder): readonly string[] {
  if (order !== 'last-login') return orderAttributes[order].map((attribute) => hit.find(attribute) ?? '');
  const time = (attribute: string) => parseTime(hit.find(attribute) ?? '');
  const lastPasswordLogin = time('hufuLastPasswordLogin');
  const lastCertificateLogin = time('hufuLastCertificateLogin');
  const last = lastLoginOf({
    ...(lastPasswordLogin && { lastPasswordLogin }),
    ...(lastCertificateLogin && { lastCertificateLogin }),
  });
  return [last?.toISOString() ?? ''];
}
