import type { Schema } from '../schema/schema.ts';
import type { StoredAttribute } from './entry.ts';

/** Longer values are indexed by their beginning; the filter decides on the candidates in the end. */
export const longestKey = 200;

export function truncateKey(key: string): string {
  if (key.length <= longestKey) return key;
  const cut = key.slice(0, longestKey);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut; // no half of a surrogate pair
}

/** Normalised texts under which the values of one attribute stand in the index. */
export function indexKeysOf(schema: Schema, attribute: StoredAttribute): string[] {
  const { type } = attribute.description;
  if (type.equality?.indexable !== true) return [];
  const keys = new Set<string>();
  for (const value of attribute.values) {
    if (type.key === 'objectclass') {
      // A class is also all the classes it inherits from (RFC 4512, 3.3).
      for (const { key } of schema.findObjectClass(value.toString())?.lineage ?? []) keys.add(key);
    } else {
      const key = type.equality.normalise(value);
      if (key !== undefined) keys.add(truncateKey(key));
    }
  }
  return [...keys];
}

/** The least text greater than every text that begins with `prefix`, in the order of UTF-8; undefined: none. */
export function endOfPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  while (points.length > 0) {
    const last = points.pop()?.codePointAt(0) ?? 0;
    if (last >= 0x10ffff) continue;
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return points.join('') + String.fromCodePoint(next);
  }
  return undefined;
}
