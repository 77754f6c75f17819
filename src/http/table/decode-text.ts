/** Text of a file whose encoding nobody has told: what offices save is UTF-8 of Excel, or Big5 and gb18030 of older programs. */

export const textEncodings = ['utf-8', 'big5', 'gb18030', 'utf-16le'] as const;

export type TextEncoding = (typeof textEncodings)[number];

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * The text of `bytes` in the encoding named, or in the first that fits: every byte must be good, and of several that
 * fit one whose text `isLikely` accepts comes first. Undefined when none fits. A byte order mark is no part of the text.
 */
export function decodeText(
  bytes: Uint8Array,
  named: TextEncoding | undefined,
  isLikely: (text: string) => boolean,
): DecodedText | undefined {
  const marked = markedEncoding(bytes);
  if (marked !== undefined)
    return named === undefined || named === marked ? decode(bytes, marked) : undefined;
  if (named !== undefined) return decode(bytes, named);
  let fallback: DecodedText | undefined;
  // UTF-16 is written with its mark always; without one nearly everything would pass for it.
  for (const encoding of ['utf-8', 'big5', 'gb18030'] as const) {
    const decoded = decode(bytes, encoding);
    if (decoded && isLikely(decoded.text)) return decoded;
    fallback ??= decoded;
  }
  return fallback;
}

function markedEncoding([first, second, third]: Uint8Array): TextEncoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

/** What single bytes that are no Big5 are decoded to, though asked to be fatal. */
const foreignBytes = /[\uF8F0-\uF8FF]/;

function decode(bytes: Uint8Array, encoding: TextEncoding): DecodedText | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return foreignBytes.test(text) ? undefined : { text, encoding };
  } catch {
    return undefined;
  }
}
