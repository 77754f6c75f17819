/** A role as a SCIM group, without its members. */
import type { Role } from '#domain/catalogue.ts';
import { groupSchemaId } from './group-schema.ts';
import type { Resource } from './resource.ts';
import { addressOf } from './user-resource.ts';

export function groupResource(issuer: string, { code, name }: Role): Resource {
  return {
    schemas: [groupSchemaId],
    id: code,
    displayName: `${code} ${name}`,
    meta: { resourceType: 'Group', location: addressOf(issuer, `/Groups/${code}`) },
  };
}
