/** Names of an account's attributes (config/ldap/hufu.schema.ldif), and what a read of the whole account asks for. */
import type { Contact } from '#domain/account.ts';

export const accountClasses = ['inetOrgPerson', 'hufuAccount'] as const;

/** Standard attributes where their syntax takes what people write, our own where it does not (telephones with `#`). */
export const contactAttributes = {
  email: 'mail',
  phone: 'hufuPhone',
  extension: 'hufuExtension',
  mobile: 'hufuMobile',
  fax: 'hufuFax',
  postalCode: 'postalCode',
  address: 'street',
  title: 'title',
  staffNumber: 'employeeNumber',
} as const satisfies Record<keyof Contact, string>;

export const contactFields = Object.keys(contactAttributes) as (keyof Contact)[];

/** Everything but userPassword, which nobody reads, and userCertificate, of which the facts are enough. */
export const accountAttributes: readonly string[] = [
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
  'hufuManagedCategory',
  'hufuStatus',
  'hufuOpenedOn',
  'hufuOpeningDay',
  'hufuActivatedAt',
  'hufuAgreement',
  'hufuEmailConfirmed',
  'hufuGrant',
  'hufuHasPassword',
  'hufuPasswordChangedAt',
  'hufuPasswordHistory',
  'hufuOneDayPassword',
  'hufuCertificate',
  'hufuCertificateUsed',
  'hufuFormerCertificate',
  'hufuLastPasswordLogin',
  'hufuLastCertificateLogin',
  ...Object.values(contactAttributes),
];
