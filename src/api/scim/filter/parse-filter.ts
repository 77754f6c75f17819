/**
 * Reads filters and the paths of patches by the grammar of RFC 7644 (figures 1 and 7), by descent: or → and → not → expression.
 * Operators and names are told without regard to case. Throws ScimError.
 */
import { ScimError } from '../scim-error.ts';
import {
  comparisons,
  type AttributePath,
  type Comparison,
  type Filter,
  type FilterValue,
  type PatchPath,
} from './filter.ts';
import { tokensOf, type Token } from './tokens.ts';

export function parseFilter(text: string): Filter {
  const reader = createReader(text, 'invalidFilter');
  const filter = reader.filter(0);
  reader.end();
  return filter;
}

/** `members`, `name.formatted`, `emails[type eq "work"].value`, with or without the URI of the schema. */
export function parsePath(text: string): PatchPath {
  const reader = createReader(text, 'invalidPath');
  const path = reader.patchPath();
  reader.end();
  return path;
}

/** Parentheses in one another; deeper nobody means. */
const deepest = 20;
const words: ReadonlyMap<string, FilterValue> = new Map<string, FilterValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function createReader(text: string, scimType: 'invalidFilter' | 'invalidPath') {
  const tokens = tokensOf(text, scimType);
  let at = 0;

  const fail = (expected: string): never => {
    throw new ScimError(scimType, `expected ${expected} at part ${at + 1}`);
  };
  const peek = () => tokens[at];
  const isWord = (token: Token | undefined, word: string) =>
    token?.kind === 'word' && token.text.toLowerCase() === word;
  const takeKind = (kind: '(' | ')' | '[' | ']') => {
    if (peek()?.kind !== kind) fail(kind);
    at += 1;
  };

  function path(): AttributePath {
    const token = peek();
    if (token?.kind !== 'word') return fail('an attribute');
    at += 1;
    return attributePath(token.text) ?? fail('an attribute');
  }

  function or(depth: number): Filter {
    let left = and(depth);
    while (isWord(peek(), 'or')) {
      at += 1;
      left = { op: 'or', left, right: and(depth) };
    }
    return left;
  }

  function and(depth: number): Filter {
    let left = single(depth);
    while (isWord(peek(), 'and')) {
      at += 1;
      left = { op: 'and', left, right: single(depth) };
    }
    return left;
  }

  function grouped(depth: number): Filter {
    if (depth >= deepest) fail('fewer parentheses');
    takeKind('(');
    const filter = or(depth + 1);
    takeKind(')');
    return filter;
  }

  function single(depth: number): Filter {
    if (isWord(peek(), 'not') && tokens[at + 1]?.kind === '(') {
      at += 1;
      return { op: 'not', filter: grouped(depth) };
    }
    return peek()?.kind === '(' ? grouped(depth) : expression(depth);
  }

  function expression(depth: number): Filter {
    const of = path();
    if (peek()?.kind === '[') return { op: 'some', path: of, filter: bracketed(depth) };
    const token = peek();
    const word = token?.kind === 'word' ? token.text.toLowerCase() : '';
    at += 1;
    if (word === 'pr') return { op: 'pr', path: of };
    const op = comparisons.find((known) => known === word);
    if (!op) {
      at -= 1;
      return fail('an operator');
    }
    return { op, path: of, value: checked(op, comparedValue()) };
  }

  function bracketed(depth: number): Filter {
    if (depth >= deepest) fail('fewer brackets');
    takeKind('[');
    const filter = or(depth + 1);
    takeKind(']');
    return filter;
  }

  function comparedValue(): FilterValue {
    const token = peek();
    at += 1;
    if (token?.kind === 'value') return token.value;
    const value = token?.kind === 'word' ? words.get(token.text) : undefined;
    if (value !== undefined) return value;
    at -= 1;
    return fail('a value: a text in quotes, a number, true, false or null');
  }

  /** Order is not known of truths, nor parts of what is no text. */
  function checked(op: Comparison, value: FilterValue): FilterValue {
    const isOrder = op === 'gt' || op === 'ge' || op === 'lt' || op === 'le';
    if (isOrder && (typeof value === 'boolean' || value === null)) return fail('a text or number to compare');
    const isPart = op === 'co' || op === 'sw' || op === 'ew';
    if (isPart && typeof value !== 'string') return fail('a text to look for');
    return value;
  }

  return {
    filter: or,
    patchPath(): PatchPath {
      const of = path();
      if (peek()?.kind !== '[') return of;
      if (of.sub !== undefined) return fail('no filter behind a sub-attribute');
      const filter = bracketed(0);
      const token = peek();
      if (token?.kind !== 'sub') return { ...of, filter };
      at += 1;
      return { ...of, filter, sub: token.text };
    },
    end(): void {
      if (at < tokens.length) fail('nothing more');
    },
  };
}

/** `urn:…:User:name.formatted`: the schema ends with the last colon. A URI alone is a path, too, to all of its schema. */
function attributePath(text: string): AttributePath | undefined {
  const colon = text.lastIndexOf(':');
  const schema = colon < 0 ? undefined : text.slice(0, colon);
  const [name = '', sub, ...rest] = text.slice(colon + 1).split('.');
  const isName = (part: string) => /^\$?[A-Za-z][\w$-]*$/.test(part);
  if (rest.length > 0 || !isName(name) || (sub !== undefined && !isName(sub))) return undefined;
  return { ...(schema !== undefined && { schema }), name, ...(sub !== undefined && { sub }) };
}
