import { isSubtype, type AttributeDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import type { Entry } from '../store/entry.ts';
import type { Condition, EqualityCondition, OrderCondition, SubstringsCondition } from './condition.ts';

type ValueCondition = EqualityCondition | OrderCondition | SubstringsCondition;

/** Attributes, by the key of their type, that whoever asks may not know of. */
export type IsHidden = (attributeKey: string) => boolean;

/**
 * Whether `entry` without its hidden attributes meets `condition`: true, false, or undefined for neither (RFC 4511,
 * 4.5.1.7). Hidden ones are left out here too, for a condition on a supertype would find them.
 */
export function evaluate(
  schema: Schema,
  condition: Condition,
  entry: Entry,
  isHidden: IsHidden,
): boolean | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const decisive = condition.kind === 'or';
      let result: boolean | undefined = !decisive;
      for (const part of condition.parts) {
        const outcome = evaluate(schema, part, entry, isHidden);
        if (outcome === decisive) return decisive;
        if (outcome === undefined) result = undefined;
      }
      return result;
    }
    case 'not': {
      const outcome = evaluate(schema, condition.part, entry, isHidden);
      return outcome === undefined ? undefined : !outcome;
    }
    case 'undefined':
      return undefined;
    case 'present':
      return someValue(entry, condition.attribute, isHidden, () => true);
    default:
      return meetsValue(schema, condition, entry, isHidden);
  }
}

function meetsValue(schema: Schema, condition: ValueCondition, entry: Entry, isHidden: IsHidden): boolean {
  const { attribute, rule } = condition;
  if (attribute.type.key === 'objectclass') {
    return someValue(entry, attribute, isHidden, (value) => {
      const lineage = schema.findObjectClass(value.toString())?.lineage ?? [];
      return [...lineage].some(({ key }) => meets(condition, key));
    });
  }
  return someValue(entry, attribute, isHidden, (value) => {
    const normalised = rule.normalise(value);
    return normalised !== undefined && meets(condition, normalised);
  });
}

function meets(condition: ValueCondition, value: string): boolean {
  switch (condition.kind) {
    case 'equality':
      return value === condition.value;
    case 'at-least':
      return condition.rule.compare(value, condition.value) >= 0;
    case 'at-most':
      return condition.rule.compare(value, condition.value) <= 0;
    case 'substrings':
      return hasSubstrings(condition, value);
  }
}

/** Pieces in order, none overlapping another. */
function hasSubstrings({ initial, any, final }: SubstringsCondition, value: string): boolean {
  if (!value.startsWith(initial)) return false;
  let position = initial.length;
  for (const piece of any) {
    const found = value.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return value.length - final.length >= position && value.endsWith(final);
}

/**
 * Whether `test` holds for a value of the attribute or its subtypes, as far as they are not hidden; `entryDN` is the entry's name and
 * not stored. No generator: a search asks this of thousands of entries.
 */
export function someValue(
  entry: Entry,
  asked: AttributeDescription,
  isHidden: IsHidden,
  test: (value: Buffer) => boolean,
): boolean {
  const { type: askedType } = asked;
  if (askedType.key === 'entrydn' && !isHidden('entrydn') && test(Buffer.from(entry.dn))) return true;
  const exact = entry.attributes.get(asked.key);
  if (exact !== undefined && !isHidden(askedType.key) && exact.values.some(test)) return true;
  for (const stored of entry.attributes.values()) {
    if (stored === exact) continue;
    const { type } = stored.description;
    // Most types are nobody's subtypes: told apart before anything is called.
    if (type !== askedType && type.superior === undefined) continue;
    if (isSubtype(stored.description, asked) && !isHidden(type.key) && stored.values.some(test)) return true;
  }
  return false;
}
