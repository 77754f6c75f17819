/**
 * Attributes of RFC 7643 (sections 3.1, 4.1 to 4.3) that provisioning systems send to everybody and no account has. What they say
 * is left out, and the answer shows what is kept; an attribute that is in no schema at all is refused.
 */
import type { AttributePath } from './filter/filter.ts';

const coreSchemaIds: ReadonlySet<string> = new Set([
  'urn:ietf:params:scim:schemas:core:2.0:user',
  'urn:ietf:params:scim:schemas:core:2.0:group',
]);
const enterpriseSchemaId = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

const whole: ReadonlySet<string> = new Set([
  'externalid',
  'nickname',
  'profileurl',
  'usertype',
  'preferredlanguage',
  'locale',
  'timezone',
  'ims',
  'photos',
  'entitlements',
  'roles',
  'x509certificates',
]);

const parts: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['name', new Set(['familyname', 'givenname', 'middlename', 'honorificprefix', 'honorificsuffix'])],
  ['emails', new Set(['display'])],
  ['phonenumbers', new Set(['display', 'primary'])],
  ['addresses', new Set(['streetaddress', 'locality', 'region', 'country', 'primary'])],
  ['members', new Set(['display', 'displayname'])],
]);

/** Whether it is of the enterprise extension, which is left out as a whole. */
export function isLeftOutSchema(id: string): boolean {
  return id.toLowerCase() === enterpriseSchemaId;
}

export function isLeftOut({ schema, name, sub }: AttributePath): boolean {
  // A path that is the URI alone is read as one of an attribute named User.
  if (schema !== undefined && (isLeftOutSchema(schema) || isLeftOutSchema(`${schema}:${name}`))) return true;
  if (schema !== undefined && !coreSchemaIds.has(schema.toLowerCase())) return false;
  const attribute = name.toLowerCase();
  if (sub === undefined) return whole.has(attribute);
  return whole.has(attribute) || parts.get(attribute)?.has(sub.toLowerCase()) === true;
}
