import { isSubtype, type AttributeDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import type { Entry } from '../store/entry.ts';
import type { Condition, EqualityCondition, OrderCondition, SubstringsCondition } from './condition.ts';

type ValueCondition = EqualityCondition | OrderCondition | SubstringsCondition;

/** Whether `entry` meets `condition`: true, false, or undefined for neither (RFC 4511, 4.5.1.7). */
export function evaluate(schema: Schema, condition: Condition, entry: Entry): boolean | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const decisive = condition.kind === 'or';
      let result: boolean | undefined = !decisive;
      for (const part of condition.parts) {
        const outcome = evaluate(schema, part, entry);
        if (outcome === decisive) return decisive;
        if (outcome === undefined) result = undefined;
      }
      return result;
    }
    case 'not': {
      const outcome = evaluate(schema, condition.part, entry);
      return outcome === undefined ? undefined : !outcome;
    }
    case 'undefined':
      return undefined;
    case 'present':
      return valuesOf(entry, condition.attribute).next().done !== true;
    default:
      return meetsValue(schema, condition, entry);
  }
}

function meetsValue(schema: Schema, condition: ValueCondition, entry: Entry): boolean {
  const { attribute, rule } = condition;
  for (const value of valuesOf(entry, attribute)) {
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

/** Values of the attribute and its subtypes; `entryDN` is the entry's name and not stored. */
export function* valuesOf(entry: Entry, asked: AttributeDescription): Generator<Buffer> {
  if (asked.type.key === 'entrydn') yield Buffer.from(entry.dn);
  const exact = entry.attributes.get(asked.key);
  if (exact !== undefined) yield* exact.values;
  for (const stored of entry.attributes.values()) {
    if (stored !== exact && isSubtype(stored.description, asked)) yield* stored.values;
  }
}
