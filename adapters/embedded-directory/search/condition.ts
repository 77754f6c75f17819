/** A filter as the schema understands it: types resolved, assertion values normalised. */
import { findDescription, type AttributeDescription } from '../schema/attribute-description.ts';
import type { MatchingRule } from '../schema/matching-rules.ts';
import type { Schema } from '../schema/schema.ts';
import type { Filter } from '../protocol/ldap-message.ts';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** Neither true nor false (RFC 4511, 4.5.1.7): unknown attribute, no such rule, a value not of its syntax. */
  | { readonly kind: 'undefined' }
  | { readonly kind: 'present'; readonly attribute: AttributeDescription }
  | EqualityCondition
  | OrderCondition
  | SubstringsCondition;

export interface EqualityCondition {
  readonly kind: 'equality';
  readonly attribute: AttributeDescription;
  readonly rule: MatchingRule;
  readonly value: string;
}

export interface OrderCondition {
  readonly kind: 'at-least' | 'at-most';
  readonly attribute: AttributeDescription;
  readonly rule: MatchingRule;
  readonly value: string;
}

export interface SubstringsCondition {
  readonly kind: 'substrings';
  readonly attribute: AttributeDescription;
  readonly rule: MatchingRule;
  readonly initial: string;
  readonly any: readonly string[];
  readonly final: string;
}

const neither: Condition = { kind: 'undefined' };

/** `isHidden`: attributes this identity may not search; an assertion on one is neither true nor false. */
export function compileFilter(schema: Schema, filter: Filter, isHidden: (key: string) => boolean): Condition {
  const compile = (part: Filter): Condition => {
    switch (part.kind) {
      case 'and':
      case 'or':
        return { kind: part.kind, parts: part.parts.map(compile) };
      case 'not':
        return { kind: 'not', part: compile(part.part) };
      default: {
        if (part.attribute === undefined) return neither; // a rule over all attributes: nobody asks for it here
        const attribute = findDescription(schema, part.attribute);
        return attribute === undefined || isHidden(attribute.type.key)
          ? neither
          : compileItem(schema, attribute, part);
      }
    }
  };
  return compile(filter);
}

type FilterItem = Exclude<Filter, { kind: 'and' | 'or' | 'not' }>;

function compileItem(schema: Schema, attribute: AttributeDescription, item: FilterItem): Condition {
  const { type } = attribute;
  switch (item.kind) {
    case 'present':
      return { kind: 'present', attribute };
    case 'equality':
    case 'approximate':
      return compileAssertion('equality', attribute, type.equality, item.value);
    case 'greater-or-equal':
      return compileAssertion('at-least', attribute, type.ordering, item.value);
    case 'less-or-equal':
      return compileAssertion('at-most', attribute, type.ordering, item.value);
    case 'extensible': {
      const rule = item.rule === undefined ? type.equality : schema.findMatchingRule(item.rule);
      // Values of the name itself (`:dn:`) are also values of the entry; those of its ancestors are not looked at.
      return compileAssertion('equality', attribute, rule, item.value);
    }
    case 'substrings':
      return compileSubstrings(attribute, item);
  }
}

function compileAssertion(
  kind: 'equality' | 'at-least' | 'at-most',
  attribute: AttributeDescription,
  rule: MatchingRule | undefined,
  value: Buffer,
): Condition {
  const normalised = rule?.normalise(value);
  return rule === undefined || normalised === undefined
    ? neither
    : { kind, attribute, rule, value: normalised };
}

function compileSubstrings(
  attribute: AttributeDescription,
  item: Extract<Filter, { kind: 'substrings' }>,
): Condition {
  const rule = attribute.type.substring;
  if (rule === undefined) return neither;
  const initial = item.initial === undefined ? '' : rule.normalise(item.initial, 'initial');
  const final = item.final === undefined ? '' : rule.normalise(item.final, 'final');
  const any = item.any.map((piece) => rule.normalise(piece, 'any'));
  const whole = any.filter((piece) => piece !== undefined);
  if (initial === undefined || final === undefined || whole.length !== any.length) return neither;
  return { kind: 'substrings', attribute, rule, initial, any: whole, final };
}
