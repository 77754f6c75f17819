/** String preparation for matching (RFC 4518): map, normalise, fold spaces. */

/** Where a text stands: a whole value, or a piece of a substring assertion, whose inner edges keep their space. */
export type TextPosition = 'whole' | 'initial' | 'any' | 'final';

/** RFC 4518, 2.2: control and format characters map to nothing, once the separators among them are spaces. */
const mappedToNothing = /[\p{Cc}\p{Cf}\p{Variation_Selector}]|\u034f|\ufffc/gu;
const plain = /^[!-~]*$/;

export function foldCase(text: string): string {
  // Lower case alone, as slapd folds; the final sigma is the one letter whose lower case depends on its place.
  return text.toLowerCase().replaceAll('ς', 'σ');
}

/** Compatibility-composed text without invisible characters; `\s` covers tabs, line ends and all of Unicode's spaces. */
export function composeText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replaceAll(/[\s\u0085]/g, ' ')
    .replaceAll(mappedToNothing, '')
    .normalize('NFKC');
}

/** Inner runs of spaces become one; spaces at the ends of the value do not count. All spaces: one space. */
export function foldSpaces(text: string, position: TextPosition = 'whole'): string {
  if (!text.includes(' ')) return text;
  let folded = text.replaceAll(/ +/g, ' ');
  if (position === 'whole' || position === 'initial') folded = folded.replace(/^ /, '');
  if (position === 'whole' || position === 'final') folded = folded.replace(/ $/, '');
  return folded === '' ? ' ' : folded;
}
