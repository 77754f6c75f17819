/** Accounts as programs see them. National ID, birthday and what is kept of passwords never leave. */
import { z } from 'zod';
import type { Account } from '#domain/account.ts';
import { lastLoginOf, type AccountSummary } from '#domain/account-listing.ts';

const instant = z.iso.datetime();
const day = z.iso.date();
const place = { oid: z.string(), name: z.string() };

const summaryFields = {
  id: z.string().describe('Opaque; the `sub` of the person’s tokens.'),
  revision: z.int().describe('Grows with every change; the ETag of the account.'),
  name: z.string(),
  title: z.string().optional(),
  agency: z.strictObject({ ...place, code: z.string() }),
  unit: z.strictObject(place).optional(),
  jurisdictionOid: z.string(),
  office: z.enum(['general', 'manager', 'programme-officer']),
  status: z.enum(['not-opened', 'enabled', 'disabled']),
  openedOn: day,
  grants: z.array(z.strictObject({ role: z.string(), until: day.optional() })),
  lastLogin: instant.optional(),
  oneDayPasswordFor: day.optional().describe('Day for which a one-day password is enabled.'),
};

export const accountSummaryView = z.strictObject(summaryFields);

export const accountView = z.strictObject({
  ...summaryFields,
  activatedAt: instant.optional(),
  contact: z.strictObject({
    email: z.string().optional(),
    phone: z.string().optional(),
    extension: z.string().optional(),
    mobile: z.string().optional(),
    fax: z.string().optional(),
    postalCode: z.string().optional(),
    address: z.string().optional(),
    title: z.string().optional(),
    staffNumber: z.string().optional(),
  }),
  emailConfirmed: z.boolean(),
  certificates: z.int().describe('How many certificates are registered.'),
});

export type AccountView = z.infer<typeof accountView>;
export type AccountSummaryView = z.infer<typeof accountSummaryView>;

type Shared = Omit<Account & AccountSummary, 'password' | 'contact'>;

function shared(account: Pick<Shared, keyof Account & keyof AccountSummary>): AccountSummaryView {
  const { id, revision, name, agency, unit, jurisdictionOid, office, status, openedOn, grants } = account;
  const lastLogin = lastLoginOf(account);
  return {
    id,
    revision,
    name,
    agency: { ...agency },
    ...(unit && { unit: { ...unit } }),
    jurisdictionOid,
    office,
    status,
    openedOn,
    grants: grants.map(({ role, until }) => ({ role, ...(until && { until }) })),
    ...(lastLogin && { lastLogin: lastLogin.toISOString() }),
  };
}

export function viewOfSummary(account: AccountSummary): AccountSummaryView {
  const { title, oneDayPassword } = account;
  return {
    ...shared(account),
    ...(title !== undefined && { title }),
    ...(oneDayPassword && { oneDayPasswordFor: oneDayPassword.day }),
  };
}

export function viewOf(account: Account): AccountView {
  const { contact, activatedAt, password, emailConfirmed, certificates } = account;
  return {
    ...shared(account),
    ...(contact.title !== undefined && { title: contact.title }),
    ...(activatedAt && { activatedAt: activatedAt.toISOString() }),
    contact: { ...contact },
    emailConfirmed,
    certificates: certificates.length,
    ...(password.oneDay && { oneDayPasswordFor: password.oneDay.day }),
  };
}
