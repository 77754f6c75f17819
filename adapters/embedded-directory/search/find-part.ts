/** What a search has to read of an entry. */
import type { Filter, SearchRequest } from '../protocol/ldap-message.ts';
import { findDescription } from '../schema/attribute-description.ts';
import type { AttributeType, Schema } from '../schema/schema.ts';
import { partOf, type EntryPart } from '../store/entry-codec.ts';

/** To look for more attributes than these costs more than to read the whole entry. */
const mostTypes = 12;

/** The attributes that filter and selection look at; undefined: all, or so many that they are read with the rest. */
export function findPart(schema: Schema, request: SearchRequest): EntryPart | undefined {
  const { attributes, filter } = request;
  if (attributes.length === 0 || attributes.includes('*') || attributes.includes('+')) return undefined;
  const types = new Set<AttributeType>();
  for (const name of [...attributes, ...namesIn(filter)]) {
    const type = findDescription(schema, name)?.type;
    for (const each of type === undefined ? [] : schema.withSubtypes(type)) types.add(each);
  }
  return types.size > 0 && types.size <= mostTypes ? partOf(types) : undefined;
}

function namesIn(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.flatMap(namesIn);
    case 'not':
      return namesIn(filter.part);
    default:
      return filter.attribute === undefined ? [] : [filter.attribute];
  }
}
