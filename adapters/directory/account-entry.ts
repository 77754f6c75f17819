/** An account as an entry of the directory: reading one, and the attributes of a new one. */
import {
  parseAccountId,
  type Account,
  type AccountStatus,
  type Agreement,
  type Contact,
  type Office,
  type OneDayPassword,
} from '#domain/account.ts';
import { parseDay, type Day } from '#domain/calendar.ts';
import type { NewAccount } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { formatGrant, parseGrant, type RoleGrant } from '#domain/grant.ts';
import type { Log } from '#domain/log.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import type { Sealed, Sealing } from '#domain/sealing.ts';
import { accountClasses, contactAttributes, contactFields } from './account-attributes.ts';
import { byEnd, parseCertificate, parseFormerCertificate, withUses } from './certificate-values.ts';
import type { NewEntry } from './directory-session.ts';
import { formatTime, parseTime, storedText, type EntryReader } from './ldap-values.ts';
import { sealedFields } from './sealed-fields.ts';

const statuses: readonly AccountStatus[] = ['not-opened', 'enabled', 'disabled'];
const offices: readonly Office[] = ['general', 'manager', 'programme-officer'];

/**
 * The account in `entry`. A malformed value is left out with a warning where the account can be without it; throws
 * `internal`, naming the attribute, where it cannot.
 */
export function readAccount(entry: EntryReader, log: Log): Account {
  const id = parseAccountId(entry.find('uid') ?? '');
  const required = <T>(attribute: string, parse: (value: string) => T | undefined): T => {
    const value = entry.find(attribute);
    const parsed = value === undefined ? undefined : parse(value);
    if (parsed === undefined) {
      throw new HufuError('internal', { facts: { reason: 'malformed-entry', attribute, account: id ?? '' } });
    }
    return parsed;
  };
  const parsedValues = <T>(attribute: string, parse: (value: string) => T | undefined): T[] =>
    entry.all(attribute).flatMap((value) => {
      const parsed = parse(value);
      if (parsed === undefined) log.warn('directory.malformed-value', { account: id, attribute });
      return parsed === undefined ? [] : [parsed];
    });
  const optional = <T>(attribute: string, parse: (value: string) => T | undefined): T | undefined =>
    parsedValues(attribute, parse)[0];

  const unitOid = optional('hufuUnitOid', parseOid);
  return {
    id: required('uid', parseAccountId),
    revision: required('hufuRevision', parseCount),
    name: required('cn', asText),
    nationalId: required('hufuNationalIdSealed', asSealed),
    birthday: required('hufuBirthdaySealed', asSealed),
    agency: {
      oid: required('hufuAgencyOid', parseOid),
      code: required('hufuAgencyCode', asText),
      name: required('hufuAgencyName', asText),
    },
    ...defined('unit', unitOid && { oid: unitOid, name: entry.find('hufuUnitName') ?? '' }),
    scopeOid: required('hufuScopeOid', parseOid),
    jurisdictionOid: required('hufuJurisdictionOid', parseOid),
    office: required('hufuOffice', oneOf(offices)),
    categories: entry.all('hufuManagedCategory').toSorted(),
    status: required('hufuStatus', oneOf(statuses)),
    openedOn: required('hufuOpenedOn', parseDay),
    ...defined('activatedAt', optional('hufuActivatedAt', parseTime)),
    ...defined('agreement', optional('hufuAgreement', parseAgreement)),
    contact: readContact(entry),
    emailConfirmed: entry.find('hufuEmailConfirmed') === 'TRUE',
    grants: parsedValues('hufuGrant', parseGrant).toSorted(byRole),
    password: {
      set: entry.find('hufuHasPassword') === 'TRUE',
      ...defined('openingDay', optional('hufuOpeningDay', parseDay)),
      ...defined('changedAt', optional('hufuPasswordChangedAt', parseTime)),
      history: readHistory(entry.all('hufuPasswordHistory')),
      ...defined('oneDay', optional('hufuOneDayPassword', parseOneDay)),
    },
    certificates: withUses(
      parsedValues('hufuCertificate', parseCertificate),
      entry.all('hufuCertificateUsed'),
    ),
    formerCertificates: parsedValues('hufuFormerCertificate', parseFormerCertificate).toSorted(byEnd),
    ...defined('lastPasswordLogin', optional('hufuLastPasswordLogin', parseTime)),
    ...defined('lastCertificateLogin', optional('hufuLastCertificateLogin', parseTime)),
  };
}

/** The entry of a new account, not opened yet and without a password. */
export function newAccountEntry(account: NewAccount, sealing: Sealing): NewEntry {
  const name = storedText(account.name);
  const contact = contactFields.map((field) => [
    contactAttributes[field],
    storedText(account.contact[field]),
  ]);
  return {
    objectClass: accountClasses,
    uid: account.id,
    cn: name,
    sn: name,
    hufuRevision: '1',
    ...sealedFields(account.id, account, sealing),
    hufuAgencyOid: account.agency.oid,
    hufuAgencyCode: storedText(account.agency.code),
    hufuAgencyName: storedText(account.agency.name),
    hufuUnitOid: account.unit?.oid,
    hufuUnitName: storedText(account.unit?.name),
    hufuScopeOid: scopeOidOf(account),
    hufuJurisdictionOid: account.jurisdictionOid,
    hufuOffice: account.office,
    hufuManagedCategory: unique(account.categories),
    hufuStatus: 'not-opened' satisfies AccountStatus,
    hufuOpenedOn: account.openedOn,
    hufuOpeningDay: account.openingDay,
    hufuEmailConfirmed: 'FALSE',
    hufuGrant: unique(account.grants.map(formatGrant)),
    ...Object.fromEntries(contact),
  };
}

/** The OID that scope looks at: the unit's, or the agency's where there is no unit (domain §3). */
export function scopeOidOf(account: Pick<NewAccount, 'agency' | 'unit'>): Oid {
  return account.unit?.oid ?? account.agency.oid;
}

export function formatAgreement({ version, at }: Agreement): string {
  return `${formatTime(at)} ${version}`;
}

export function formatOneDay({ day, enabledAt, enabledBy }: OneDayPassword): string {
  return [day, formatTime(enabledAt), ...(enabledBy === undefined ? [] : [enabledBy])].join(' ');
}

/** LDAP values have no order of their own, so each hash carries its place, the newest first. */
export function formatHistory(hashes: readonly string[]): string[] {
  return hashes.map((hash, place) => `${String(place).padStart(2, '0')} ${hash}`);
}

/** An attribute's values are a set: the same value twice would be refused. */
export function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function readHistory(values: readonly string[]): string[] {
  return values.toSorted().map((value) => value.slice(value.indexOf(' ') + 1));
}

function readContact(entry: EntryReader): Contact {
  return Object.fromEntries(
    contactFields.flatMap((field) => {
      const value = entry.find(contactAttributes[field]);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

function parseAgreement(value: string): Agreement | undefined {
  const [time = '', ...version] = value.split(' ');
  const at = parseTime(time);
  return at && version.length > 0 ? { version: version.join(' '), at } : undefined;
}

function parseOneDay(value: string): OneDayPassword | undefined {
  const [dayText = '', time = '', enabledBy, ...rest] = value.split(' ');
  const day: Day | undefined = parseDay(dayText);
  const enabledAt = parseTime(time);
  if (!day || !enabledAt || rest.length > 0) return undefined;
  return { day, enabledAt, ...defined('enabledBy', enabledBy) };
}

/** The object with one field, or an empty one: an absent field is left out rather than undefined. */
function defined<K extends string, T>(key: K, value: T | undefined): { readonly [key in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]?: T });
}

function oneOf<T extends string>(allowed: readonly T[]): (value: string) => T | undefined {
  return (value) => allowed.find((candidate) => candidate === value);
}

function parseCount(value: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
}

function asText(value: string): string {
  return value;
}

function asSealed(value: string): Sealed {
  return value as Sealed;
}

function byRole(a: RoleGrant, b: RoleGrant): number {
  return a.role < b.role ? -1 : a.role > b.role ? 1 : 0;
}
