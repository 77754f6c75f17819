/**
 * The tags of an XML document of a workbook, in order, as its text arrives. Knows what spreadsheet programs write and
 * refuses the rest: no document types, so no entities of its own; no comments, no CDATA.
 */
import { TableError } from './table-error.ts';

export interface XmlTag {
  /** Without its prefix. */
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  /** By local name; of two with one local name the later stands. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Between the tag before and this one. */
  readonly text: string;
}

export interface TagReader {
  /** Throws TableError. */
  push(text: string): void;
}

/** Characters of one tag and the text before it. */
const longestPiece = 256 * 1024;

export function createTagReader(onTag: (tag: XmlTag) => void): TagReader {
  let rest = '';
  return {
    push(text) {
      rest += text;
      const pieces = /([^<]*)<([^>]*)>/gy;
      let end = 0;
      for (let found = pieces.exec(rest); found; found = pieces.exec(rest)) {
        end = pieces.lastIndex;
        const [, before = '', inside = ''] = found;
        if (inside.startsWith('!')) throw new TableError('not-a-table');
        if (!inside.startsWith('?')) onTag(readTag(before, inside));
      }
      rest = rest.slice(end);
      if (rest.length > longestPiece) throw new TableError('not-a-table');
    },
  };
}

function readTag(before: string, inside: string): XmlTag {
  const isClosing = inside.startsWith('/');
  const isEmpty = inside.endsWith('/');
  const [qualified = ''] = /^[^\s/]+/.exec(isClosing ? inside.slice(1) : inside) ?? [];
  return {
    name: localName(qualified),
    kind: isClosing ? 'close' : isEmpty ? 'empty' : 'open',
    attributes: isClosing ? {} : readAttributes(inside.slice(qualified.length)),
    text: unescape(before),
  };
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  // A name is looked for where one begins, and nowhere else: a long tag without values would be gone through from each letter on.
  for (const [, name = '', double, single = ''] of text.matchAll(
    /(?<![^\s="'/])([^\s="'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    attributes[localName(name)] = unescape(double ?? single);
  }
  return attributes;
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return named[name] ?? whole;
      const point = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
