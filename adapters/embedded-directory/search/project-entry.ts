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
  /** What was found out about descriptions, by key: a search asks it of the same few for every entry. */
  readonly known: Map<string, boolean>;
  /** Attributes that follow from an entry's place, as far as they are asked for. */
  readonly computed: readonly AttributeDescription[];
}

export function parseSelection(schema: Schema, attributes: readonly string[], typesOnly: boolean): Selection {
  const selection = {
    allUser: attributes.length === 0 || attributes.includes('*'),
    allOperational: attributes.includes('+'),
    named: attributes.flatMap((attribute) => findDescription(schema, attribute) ?? []),
    typesOnly,
    known: new Map<string, boolean>(),
  };
  const computed = ['entryDN', 'subschemaSubentry', 'hasSubordinates']
    .flatMap((name) => findDescription(schema, name) ?? [])
    .filter((description) => isSelected(selection, description));
  return { ...selection, computed };
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

export function isSelected(
  selection: Omit<Selection, 'computed'>,
  description: AttributeDescription,
): boolean {
  let selected = selection.known.get(description.key);
  if (selected === undefined) {
    const all = description.type.operational ? selection.allOperational : selection.allUser;
    selected = all || selection.named.some((asked) => isSubtype(description, asked));
    selection.known.set(description.key, selected);
  }
  return selected;
}

function computedAttributes(entry: Entry, { computed }: Selection, facts: EntryFacts): StoredAttribute[] {
  return computed.flatMap((description) => {
    const value = computedValue(entry, description.type.key, facts);
    return value === undefined ? [] : [{ description, values: [Buffer.from(value)] }];
  });
}

function computedValue(entry: Entry, key: string, facts: EntryFacts): string | undefined {
  if (key === 'subschemasubentry') return subschemaDn;
  if (key === 'entrydn') return entry.attributes.has('entrydn') ? undefined : entry.dn;
  if (entry.id === 0) return undefined;
  return facts.hasChildren(entry) ? 'TRUE' : 'FALSE';
}
