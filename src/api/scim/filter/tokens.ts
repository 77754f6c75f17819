import { ScimError } from '../scim-error.ts';
import type { FilterValue } from './filter.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly value: FilterValue }
  | { readonly kind: '(' | ')' | '[' | ']' }
  /** What follows a `]`: `emails[…].value`. */
  | { readonly kind: 'sub'; readonly text: string };

const longest = 2000;

const forms: readonly (readonly [RegExp, (text: string) => Token])[] = [
  [/[()[\]]/y, (text) => ({ kind: text as '(' })],
  [
    /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy,
    (text) => ({ kind: 'value', value: JSON.parse(text) as string }),
  ],
  [
    /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.:$-])/y,
    (text) => ({ kind: 'value', value: Number(text) }),
  ],
  [/\.\$?[A-Za-z][\w$-]*/y, (text) => ({ kind: 'sub', text: text.slice(1) })],
  // A name, with the URI of its schema in front and a sub-attribute behind.
  [/\$?[A-Za-z][\w$:.-]*/y, (text) => ({ kind: 'word', text })],
];

/** Throws ScimError of `scimType`. */
export function tokensOf(text: string, scimType: 'invalidFilter' | 'invalidPath'): readonly Token[] {
  if (text.length > longest) throw new ScimError(scimType, `at most ${longest} characters`);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    const [end, token] = tokenAt(text, at);
    if (!token) throw new ScimError(scimType, `not understood from character ${at + 1} on`);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

function tokenAt(text: string, at: number): readonly [number, Token | undefined] {
  for (const [form, make] of forms) {
    form.lastIndex = at;
    const found = form.exec(text)?.[0];
    if (found !== undefined) return [at + found.length, make(found)];
  }
  return [at, undefined];
}
