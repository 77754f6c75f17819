import type { OutgoingAttribute } from '../protocol/encode-response.ts';
import { findDescription, isSubtype, type AttributeDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import type { Entry, StoredAttribute } from '../store/entry.ts';

/** Where the schema is published (RFC 4512, 4.2). */
export const subschemaDn = 'cn=Subschema';

/** Which attributes a search asks for (RFC 4511, 4.5.1.8; RFC 3673 for `+`). */
export interface Selection {
  readonly allUser: boolean;
  readonly allOperational: boolean;
  readonly named: readonly AttributeDescription[];
  readonly typesOnly: boolean;
}

export function parseSelection(schema: Schema, attributes: readonly string[], typesOnly: boolean): Selection {
  return {
    allUser: attributes.length === 0 || attributes.includes('*'),
    allOperational: attributes.includes('+'),
    named: attributes.flatMap((attribute) => findDescription(schema, attribute) ?? []),
    typesOnly,
  };
}

export interface EntryFacts {
  readonly schema: Schema;
  readonly isHidden: (attributeKey: string) => boolean;
  readonly hasChildren: (entry: Entry) => boolean;
}

export function projectEntry(entry: Entry, selection: Selection, facts: EntryFacts): OutgoingAttribute[] {
  const attributes = [...entry.attributes.values(), ...computedAttributes(entry, selection, facts)];
  return attributes
    .filter(({ description }) => isSelected(selection, description) && !facts.isHidden(description.type.key))
    .map(({ description, values }) => ({
      description: description.text,
      values: selection.typesOnly ? [] : values,
    }));
}

export function isSelected(selection: Selection, description: AttributeDescription): boolean {
  if (description.type.operational ? selection.allOperational : selection.allUser) return true;
  return selection.named.some((asked) => isSubtype(description, asked));
}

/** Attributes that follow from the entry's place; worked out only when asked for. */
function computedAttributes(entry: Entry, selection: Selection, facts: EntryFacts): StoredAttribute[] {
  const computed: StoredAttribute[] = [];
  const add = (name: string, value: () => string) => {
    const description = findDescription(facts.schema, name);
    if (description === undefined || !isSelected(selection, description)) return;
    computed.push({ description, values: [Buffer.from(value())] });
  };
  if (!entry.attributes.has('entrydn')) add('entryDN', () => entry.dn);
  add('subschemaSubentry', () => subschemaDn);
  if (entry.id > 0) add('hasSubordinates', () => (facts.hasChildren(entry) ? 'TRUE' : 'FALSE'));
  return computed;
}
