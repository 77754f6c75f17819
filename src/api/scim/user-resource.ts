/** An account as a SCIM user; from a list as far as a list tells. */
import type { Account, Contact } from '#domain/account.ts';
import { lastLoginOf, type AccountSummary } from '#domain/account-listing.ts';
import type { Resource } from './resource.ts';
import { officialSchemaId, userSchemaId } from './user-schema.ts';

export const scimPrefix = '/scim/v2';

export function versionOf({ revision }: Pick<Account, 'revision'>): string {
  return `W/"${revision}"`;
}

export function addressOf(issuer: string, path: string): string {
  return new URL(`${scimPrefix}${path}`, issuer).href;
}

type Listed = Pick<Account, keyof Account & keyof AccountSummary>;

export function userResource(issuer: string, account: Account): Resource {
  return resourceOf(issuer, account, account.contact);
}

/** Without contact: what a filter or an order can be judged by. */
export function listedResource(issuer: string, account: AccountSummary): Resource {
  return resourceOf(issuer, account, account.title === undefined ? {} : { title: account.title });
}

function resourceOf(issuer: string, account: Listed, contact: Contact): Resource {
  const { id, name, agency, unit, status, office, grants, openedOn } = account;
  const lastLogin = lastLoginOf(account);
  return {
    schemas: [userSchemaId, officialSchemaId],
    id,
    userName: id,
    name: { formatted: name },
    displayName: name,
    // Whoever has not logged in yet is let in, too: by the first login.
    active: status !== 'disabled',
    ...contactOf(contact),
    groups: grants.map(({ role }) => ({
      value: role,
      $ref: addressOf(issuer, `/Groups/${role}`),
      type: 'direct',
    })),
    [officialSchemaId]: {
      agency: { ...agency },
      ...(unit && { unit: { ...unit } }),
      ...only('staffNumber', contact.staffNumber),
      ...only('extension', contact.extension),
      status,
      office,
      grants: grants.map(({ role, until }) => ({ value: role, ...only('until', until) })),
      ...only('lastLogin', lastLogin?.toISOString()),
    },
    meta: {
      resourceType: 'User',
      created: `${openedOn}T00:00:00+08:00`,
      location: addressOf(issuer, `/Users/${id}`),
      version: versionOf(account),
    },
  };
}

function contactOf({ title, email, phone, mobile, fax, postalCode, address }: Contact): Resource {
  const phones = { work: phone, mobile, fax };
  const numbers = Object.entries(phones).flatMap(([type, value]) =>
    value === undefined ? [] : [{ value, type }],
  );
  return {
    ...only('title', title),
    ...(email !== undefined && { emails: [{ value: email, type: 'work', primary: true }] }),
    ...(numbers.length > 0 && { phoneNumbers: numbers }),
    ...((address ?? postalCode) !== undefined && {
      addresses: [{ type: 'work', ...only('formatted', address), ...only('postalCode', postalCode) }],
    }),
  };
}

function only(name: string, value: string | undefined): Resource {
  return value === undefined ? {} : { [name]: value };
}
