/**
 * Matching rules (RFC 4517, 4.2) as one table. A rule brings a value to a text that is the same for all values that
 * match; equality, substrings and order work on those texts, in memory and in the index alike.
 */
import { decodeUtf8 } from './decode-utf8.ts';
import { normaliseGeneralizedTime } from './generalized-time.ts';
import { matchingRuleDefinitions } from './matching-rule-definitions.ts';
import { composeText, foldCase, foldSpaces, type TextPosition } from './prepare-text.ts';

export interface MatchingRule {
  readonly name: string;
  /** The text that stands for `value`, or for a piece of a substring assertion; undefined: not of the rule's syntax. */
  normalise(value: Buffer, position?: TextPosition): string | undefined;
  /** Negative, zero or positive, of two normalised values. */
  compare(left: string, right: string): number;
  /** Whether the normalised text can stand in the index, i.e. is text without NUL. */
  readonly indexable: boolean;
}

/** What the rules on names need from the schema they belong to. */
export interface MatchingContext {
  /** The same text for every name of one object class or attribute type; undefined for an unknown name. */
  identifierKey(name: string): string | undefined;
  /** The same text for every spelling of one distinguished name; undefined when it is none. */
  distinguishedNameKey(text: string): string | undefined;
}

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function byNumber(left: string, right: string): number {
  const difference = BigInt(left) - BigInt(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

type Normaliser = (text: string, position: TextPosition) => string | undefined;

const ascii = /^\p{ASCII}*$/u;
const ifAscii = (text: string, prepared: () => string) => (ascii.test(text) ? prepared() : undefined);

function textRules(context: MatchingContext): Record<string, Normaliser> {
  const exact: Normaliser = (text, position) => foldSpaces(composeText(text), position);
  const ignore: Normaliser = (text, position) => foldSpaces(foldCase(composeText(text)), position);
  const exactIa5: Normaliser = (text, position) =>
    ifAscii(text, () => foldSpaces(composeText(text), position));
  const ignoreIa5: Normaliser = (text, position) =>
    ifAscii(text, () => foldCase(foldSpaces(composeText(text), position)));
  const numeric: Normaliser = (text) => text.replaceAll(' ', '');
  const telephone: Normaliser = (text) => foldCase(text.replaceAll(/[\s-]/g, ''));
  const time: Normaliser = (text) => normaliseGeneralizedTime(text);
  const integer: Normaliser = (text) => (/^(0|-?[1-9]\d*)$/.test(text) ? text : undefined);
  return {
    caseIgnoreMatch: ignore,
    caseIgnoreOrderingMatch: ignore,
    caseIgnoreSubstringsMatch: ignore,
    caseIgnoreListMatch: ignore,
    caseIgnoreListSubstringsMatch: ignore,
    caseExactMatch: exact,
    caseExactOrderingMatch: exact,
    caseExactSubstringsMatch: exact,
    caseExactIA5Match: exactIa5,
    caseExactIA5SubstringsMatch: exactIa5,
    caseIgnoreIA5Match: ignoreIa5,
    caseIgnoreIA5SubstringsMatch: ignoreIa5,
    numericStringMatch: numeric,
    numericStringOrderingMatch: numeric,
    numericStringSubstringsMatch: numeric,
    telephoneNumberMatch: telephone,
    telephoneNumberSubstringsMatch: telephone,
    generalizedTimeMatch: time,
    generalizedTimeOrderingMatch: time,
    integerMatch: integer,
    integerOrderingMatch: integer,
    booleanMatch: (text) => (text === 'TRUE' || text === 'FALSE' ? text : undefined),
    UUIDMatch: (text) =>
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined,
    objectIdentifierMatch: (text) => context.identifierKey(text),
    objectIdentifierFirstComponentMatch: (text) => {
      const identifier = /^\(\s*([^\s)]+)/.exec(text)?.[1] ?? text;
      return context.identifierKey(identifier) ?? (/^[\d.]+$/.test(identifier) ? identifier : undefined);
    },
    distinguishedNameMatch: (text) => context.distinguishedNameKey(text),
  };
}

/** Rules that compare bytes; a certificate is compared whole, which for the same certificate is the same answer. */
const octetRules = [
  'octetStringMatch',
  'octetStringOrderingMatch',
  'bitStringMatch',
  'certificateExactMatch',
];

export type FindMatchingRule = (name: string) => MatchingRule | undefined;

export function createMatchingRules(context: MatchingContext): FindMatchingRule {
  const rules = new Map<string, MatchingRule>();
  for (const [name, normaliser] of Object.entries(textRules(context))) {
    const normalise: MatchingRule['normalise'] = (value, position = 'whole') => {
      const text = decodeUtf8(value);
      return text === undefined ? undefined : normaliser(text, position);
    };
    const compare = name.startsWith('integer') ? byNumber : byCodePoint;
    rules.set(name.toLowerCase(), { name, normalise, compare, indexable: true });
  }
  for (const name of octetRules) {
    const normalise = (value: Buffer) => value.toString('latin1');
    rules.set(name.toLowerCase(), { name, normalise, compare: byCodePoint, indexable: false });
  }
  for (const [name, { oid }] of matchingRuleDefinitions) {
    const rule = rules.get(name.toLowerCase());
    if (rule !== undefined) rules.set(oid, rule);
  }
  return (name) => rules.get(name.toLowerCase());
}

/** `matchingRules` of the subschema (RFC 4512, 4.1.3). */
export function matchingRuleDescriptions(): string[] {
  return [...matchingRuleDefinitions].map(
    ([name, { oid, syntax }]) => `( ${oid} NAME '${name}' SYNTAX ${syntax} )`,
  );
}
