/** An AccountChange as the modifications of one LDAP modify. */
import type { Change } from 'ldapts';
import type { AccountChange } from '#domain/directory.ts';
import { formatGrant } from '#domain/grant.ts';
import type { Oid } from '#domain/oid.ts';
import { contactAttributes, contactFields } from './account-attributes.ts';
import { formatAgreement, formatHistory, formatOneDay, unique } from './account-entry.ts';
import {
  certificateKeys,
  formatCertificate,
  formatFormerCertificate,
  formatUses,
} from './certificate-values.ts';
import { replace } from './directory-session.ts';
import { formatTime, storedText } from './ldap-values.ts';

type Values = readonly string[] | string | undefined;

/** How each field is written; `scopeOid` is given where the change moves the account within the tree. */
export function accountChanges(change: AccountChange, scopeOid?: Oid): Change[] {
  const changes: Change[] = [];
  const write = (attribute: string, values: Values) => changes.push(replace(attribute, values));
  /** Writes when the field is there at all; `null` removes. */
  const field = <T>(value: T | null | undefined, attribute: string, format: (value: T) => Values) => {
    if (value !== undefined) write(attribute, value === null ? undefined : format(value));
  };

  field(change.name, 'cn', storedText);
  field(change.name, 'sn', storedText);
  field(change.agency?.oid, 'hufuAgencyOid', asIs);
  field(change.agency?.code, 'hufuAgencyCode', storedText);
  field(change.agency?.name, 'hufuAgencyName', storedText);
  field(change.unit, 'hufuUnitOid', (unit) => unit.oid);
  field(change.unit, 'hufuUnitName', (unit) => storedText(unit.name));
  field(scopeOid, 'hufuScopeOid', asIs);
  field(change.jurisdictionOid, 'hufuJurisdictionOid', asIs);
  field(change.office, 'hufuOffice', asIs);
  field(change.categories, 'hufuManagedCategory', unique);
  field(change.status, 'hufuStatus', asIs);
  field(change.activatedAt, 'hufuActivatedAt', formatTime);
  field(change.agreement, 'hufuAgreement', formatAgreement);
  for (const name of contactFields) field(change.contact?.[name], contactAttributes[name], storedText);
  field(change.emailConfirmed, 'hufuEmailConfirmed', (confirmed) => (confirmed ? 'TRUE' : 'FALSE'));
  field(change.grants, 'hufuGrant', (grants) => unique(grants.map(formatGrant)));
  field(change.passwordHash, 'userPassword', asIs);
  field(change.passwordHash, 'hufuHasPassword', () => 'TRUE');
  field(change.passwordChangedAt, 'hufuPasswordChangedAt', formatTime);
  field(change.passwordHistory, 'hufuPasswordHistory', formatHistory);
  field(change.openingDay, 'hufuOpeningDay', asIs);
  field(change.oneDayPassword, 'hufuOneDayPassword', formatOneDay);
  field(change.certificates, 'hufuCertificate', (bindings) => bindings.map(formatCertificate));
  field(change.certificates, 'hufuCertificateKey', certificateKeys);
  field(change.certificates, 'hufuCertificateUsed', formatUses);
  field(change.formerCertificates, 'hufuFormerCertificate', (former) =>
    unique(former.map(formatFormerCertificate)),
  );
  return changes;
}

function asIs(value: string): string {
  return value;
}
