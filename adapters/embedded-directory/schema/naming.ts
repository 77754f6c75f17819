import {
  escapeNameValue,
  parseDistinguishedName,
  type NameAttribute,
  type RelativeName,
} from './distinguished-name.ts';
import type { AttributeType } from './schema.ts';
import { isOfSyntax } from './syntaxes.ts';

/** A distinguished name as the schema understands it. */
export interface EntryName {
  /** The same for every spelling of one name, root first, so that a subtree is a range of keys. Empty: the root DSE. */
  readonly key: string;
  readonly parentKey: string | undefined;
  /** How answers spell it. */
  readonly text: string;
  readonly relativeText: string;
  /** The naming attributes of the last component. */
  readonly relative: readonly { readonly type: AttributeType; readonly value: Buffer }[];
  readonly depth: number;
}

export interface Naming {
  /** Undefined when `text` is not a name, or names an attribute that is unknown or has no value like this. */
  parse(text: string): EntryName | undefined;
}

const betweenNames = '\u0001';
const betweenAttributes = '\u0002';

/** The range of keys strictly below `key`: greater than `from`, less than `to`. */
export function subtreeRange(key: string): { from: string; to: string } {
  return { from: `${key}${betweenNames}`, to: `${key}${betweenAttributes}` };
}

export function isBelow(key: string, ancestor: string): boolean {
  return key.startsWith(`${ancestor}${betweenNames}`);
}

/** Keys of all ancestors of `key`, nearest first. */
export function ancestorsOf(key: string): string[] {
  const parts = key.split(betweenNames);
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join(betweenNames));
}

export function createNaming(findAttributeType: (name: string) => AttributeType | undefined): Naming {
  function resolve(relative: RelativeName) {
    const attributes = relative.map(({ type: name, value }: NameAttribute) => {
      const type = findAttributeType(name);
      const normalised = type?.equality?.normalise(value);
      if (type === undefined || normalised === undefined || !isOfSyntax(value, type.syntax)) return undefined;
      return {
        type,
        value,
        key: `${type.key}=${escapeKey(normalised)}`,
        text: `${type.name}=${escapeNameValue(value)}`,
      };
    });
    return attributes.every((attribute) => attribute !== undefined) ? attributes : undefined;
  }

  return {
    parse(text) {
      const names = parseDistinguishedName(text)?.map(resolve);
      if (names === undefined) return undefined;
      const resolved = names.filter((name) => name !== undefined);
      if (resolved.length !== names.length) return undefined;
      const keys = resolved
        .map((name) =>
          name
            .map(({ key }) => key)
            .sort()
            .join(betweenAttributes),
        )
        .reverse();
      const texts = resolved.map((name) => name.map((attribute) => attribute.text).join('+'));
      return {
        key: keys.join(betweenNames),
        parentKey: keys.length > 1 ? keys.slice(0, -1).join(betweenNames) : undefined,
        text: texts.join(','),
        relativeText: texts[0] ?? '',
        relative: resolved[0] ?? [],
        depth: keys.length,
      };
    },
  };
}

/** Keeps the separators, and NUL, which SQLite ends a text with, out of a component. */
function escapeKey(value: string): string {
  return value.replaceAll(
    /\p{Cc}/gu,
    (character) => `\u0003${String(character.charCodeAt(0)).padStart(3, '0')}`,
  );
}
