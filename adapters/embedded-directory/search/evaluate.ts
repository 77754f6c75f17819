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
      return valuesOf(entry, condition.attribute, isHidden).next().done !== true;
    default:
      return meetsValue(schema, condition, entry, isHidden);
  }
}

function meetsValue(schema: Schema, condition: ValueCondition, entry: Entry, isHidden: IsHidden): boolean {
  const { attribute, rule } = condition;
  for (const value of valuesOf(entry, attribute, isHidden)) {
    if (attribute.type.key === 'objectclass') {
      const lineage = schema.findObjectClass(value.toString())?.lineage ?? [];
      for (const { key } of lineage) if (meets(condition, key)) return true;
    } else {
      const normalised = rule.normalise(value);
      if (normalised !== undefined && meets(condition, normalised)) return true;
    }
  }
  return false;
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

/** Values of the attribute and its subtypes, as far as they are not hidden; `entryDN` is the entry's name and not stored. */
export function* valuesOf(entry: Entry, asked: AttributeDescription, isHidden: IsHidden): Generator<Buffer> {
  if (asked.type.key === 'entrydn' && !isHidden('entrydn')) yield Buffer.from(entry.dn);
  const exact = entry.attributes.get(asked.key);
  if (exact !== undefined && !isHidden(asked.type.key)) yield* exact.values;
  for (const stored of entry.attributes.values()) {
    if (stored === exact) continue;
    const { description } = stored;
    const { type } = description;
    // Most types are nobody's subtypes: told apart before anything is called.
    if (type !== asked.type && type.superior === undefined) continue;
    if (isSubtype(description, asked) && !isHidden(description.type.key)) yield* stored.values;
  }
}
