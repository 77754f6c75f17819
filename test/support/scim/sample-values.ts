/** Values for the attributes of published schemas: any that fit the type, and for those that mean something here some that do. */
import { randomUUID } from 'node:crypto';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import { sampleNationalId } from '../hub/sample-people.ts';
import { agencyOid, unitOid, type Json } from './scim-hub.ts';

export interface PublishedAttribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'writeOnly' | 'immutable';
  readonly returned: 'always' | 'default' | 'never' | 'request';
  readonly canonicalValues?: readonly string[];
  readonly subAttributes?: readonly PublishedAttribute[];
}

export interface PublishedSchema {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly PublishedAttribute[];
}

let person = 5000;

/** By the path of the attribute in its schema; what the description of the attribute says, a schema has no word for. */
const meaningful: Readonly<Record<string, () => string | boolean>> = {
  nationalId: () => sampleNationalId((person += 1)),
  birthday: () => '1231',
  'agency.oid': () => agencyOid,
  'unit.oid': () => unitOid,
  'emails.value': () => `${randomUUID()}@example.test`,
  'emails.primary': () => true,
  'phoneNumbers.value': () => `02-${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
  'addresses.postalCode': () => '40701',
  extension: () => String(Math.floor(Math.random() * 9999)),
};

/** What is the client's to write: sub-attributes that the server alone writes are not sent. */
export function sampleValue(attribute: PublishedAttribute, of = ''): unknown {
  const path = of === '' ? attribute.name : `${of}.${attribute.name}`;
  const single = singleValue(attribute, path);
  return attribute.multiValued ? [single] : single;
}

function singleValue(
  { type, canonicalValues, subAttributes = [] }: PublishedAttribute,
  path: string,
): unknown {
  if (type === 'complex') {
    const written = subAttributes.filter(({ mutability }) => mutability !== 'readOnly');
    return Object.fromEntries(written.map((sub) => [sub.name, sampleValue(sub, path)]));
  }
  if (Object.hasOwn(meaningful, path)) return meaningful[path]?.();
  if (type === 'boolean') return Math.random() < 0.5;
  return canonicalValues?.[0] ?? randomUUID().slice(0, 30);
}

/** A resource with the attributes of its schemas that `isMeant` names. One name, whichever of the two attributes tells it. */
export function sampleResource(
  schemas: readonly PublishedSchema[],
  isMeant: (attribute: PublishedAttribute) => boolean,
): Json {
  const resource: Json = { schemas: schemas.map(({ id }) => id) };
  for (const { id, attributes } of schemas) {
    const filled = Object.fromEntries(attributes.filter(isMeant).map((one) => [one.name, sampleValue(one)]));
    if (id === officialSchemaId) resource[id] = filled;
    else Object.assign(resource, filled);
  }
  if ('displayName' in resource && 'name' in resource)
    resource['name'] = { formatted: resource['displayName'] };
  return resource;
}
