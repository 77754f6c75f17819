/** Attributes as they stand in the file: JSON, so that a person with `sqlite3` can read them in need. */
import { isUtf8 } from 'node:buffer';
import { findDescription, type AttributeDescription } from '../schema/attribute-description.ts';
import type { AttributeType, Schema } from '../schema/schema.ts';
import type { AttributeMap, StoredAttribute } from './entry.ts';

type StoredValue = string | { readonly base64: string };

/** Some attributes of every entry: `partOf` makes one, of few types. */
export interface EntryPart {
  /** Finds their names, and values that stand in the text as they are; to be used from `lastIndex` 0. */
  readonly pattern: RegExp;
}

export interface EntryCodec {
  encode(attributes: ReadonlyMap<string, StoredAttribute>): string;
  /** With `part`, those attributes at least. */
  decode(text: string, part?: EntryPart): AttributeMap;
}

export function createEntryCodec(schema: Schema): EntryCodec {
  const descriptions = new Map<string, AttributeDescription>();

  function describe(text: string): AttributeDescription {
    let description = descriptions.get(text);
    if (description === undefined) {
      description = findDescription(schema, text) ?? describeUnknown(text);
      descriptions.set(text, description);
    }
    return description;
  }

  return {
    encode(attributes) {
      const plain: Record<string, StoredValue[]> = {};
      for (const { description, values } of attributes.values())
        plain[description.text] = values.map(encodeValue);
      return JSON.stringify(plain);
    },
    decode(text, part) {
      const found = part && decodePart(text, part, describe);
      if (found !== undefined) return found;
      const plain = JSON.parse(text) as Record<string, StoredValue[]>;
      const attributes: AttributeMap = new Map();
      for (const name in plain) {
        const description = describe(name);
        attributes.set(description.key, new LazyAttribute(description, plain[name] ?? []));
      }
      return attributes;
    },
  };
}

/**
 * Attributes of `types` and what is written with options. A name in quotes before a colon is nothing but a name, since a
 * quote within a value is escaped and names have none.
 */
export function partOf(types: Iterable<AttributeType>): EntryPart {
  const names = [...types].flatMap((type) => type.names).map((name) => name.replaceAll('.', '\\.'));
  const plainValues = '"([^"\\\\]*(?:","[^"\\\\]*)*)"\\]';
  return { pattern: new RegExp(`"((?:${names.join('|')})(?:;[^"]*)?)":\\[(?:${plainValues})?`, 'giu') };
}

/** Undefined where a value is escaped or no text: then the whole entry is read. */
function decodePart(
  text: string,
  { pattern }: EntryPart,
  describe: (text: string) => AttributeDescription,
): AttributeMap | undefined {
  const attributes: AttributeMap = new Map();
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [, name = '', values] = found;
    if (values === undefined) return undefined;
    const description = describe(name);
    attributes.set(description.key, new LazyAttribute(description, values.split('","')));
  }
  return attributes;
}

/** Of most entries a search looks at, it looks at one attribute. A class, since so many are made of it. */
class LazyAttribute implements StoredAttribute {
  readonly description: AttributeDescription;
  readonly #stored: readonly StoredValue[];
  #values: readonly Buffer[] | undefined;

  constructor(description: AttributeDescription, stored: readonly StoredValue[]) {
    this.description = description;
    this.#stored = stored;
  }

  get values(): readonly Buffer[] {
    this.#values ??= this.#stored.map(decodeValue);
    return this.#values;
  }
}

function encodeValue(value: Buffer): StoredValue {
  return isUtf8(value) ? value.toString() : { base64: value.toString('base64') };
}

function decodeValue(value: StoredValue): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.base64, 'base64');
}

/** An attribute written under a schema that had it: kept and shown, matched by nothing. */
function describeUnknown(text: string): AttributeDescription {
  const key = text.toLowerCase();
  const type: AttributeType = {
    oid: key,
    name: text,
    names: [text],
    key,
    syntax: '',
    singleValue: false,
    userModifiable: false,
    operational: false,
    equality: undefined,
    ordering: undefined,
    substring: undefined,
    superior: undefined,
  };
  return { type, options: [], key, text };
}
