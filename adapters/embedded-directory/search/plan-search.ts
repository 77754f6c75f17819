/**
 * Chooses where a search looks: the smallest slice that holds every match. The slice only proposes; each candidate is
 * still held against scope and filter.
 */
import type { AttributeDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import type { Condition } from './condition.ts';
import type { EntryIndex, Slice } from './entry-index.ts';

/** Gives candidate ids above `after`, in growing order, at most `limit`; an empty list at the end. */
export type Candidates = (after: number, limit: number) => readonly number[];

/** Counting further than this costs more than reading so few candidates does. */
const fewEntries = 64;
/** Reading so many entries costs about what looking through the values of an attribute does. */
const someEntries = 1000;
/** So many ids are sorted in memory; more are read in the order in which they stand in the file. */
export const mostSortedIds = 20_000;
/** Reading an entry costs what reading so many ids does. */
const idsForAnEntry = 50;
/** So many ids of one part are read to rule out entries of another. */
const mostNarrowingIds = 50_000;

const nothing: Slice = { count: () => 0, ids: () => [] };

export function planSearch(
  schema: Schema,
  index: EntryIndex,
  condition: Condition,
  scope: Slice,
): Candidates {
  const parts = conjunctsOf(condition).flatMap((part) => sliceOf(schema, index, part) ?? []);
  const slices = [scope, ...parts.map(readOnce)];
  const quick = slices.filter((slice) => slice.costly !== true);
  const few = smallestWithin(quick, fewEntries);
  if (few !== undefined) return few.next ?? sortedIds(few);
  const smallest = smallestWithin(quick, mostSortedIds);
  // The scope rules out next to nothing that the smallest part holds.
  if (smallest !== undefined) return narrowed(smallest, slices.slice(1));
  const costly = smallestWithin(slices, mostSortedIds);
  if (costly !== undefined) return sortedIds(costly);
  const inOrder = slices.find((slice) => slice !== scope && slice.next !== undefined) ?? scope;
  return inOrder.next ?? index.everything().next;
}

/** What is costly to count is read instead, since it costs the same, and counted by its ids. */
function readOnce(slice: Slice): Slice {
  if (slice.costly !== true) return slice;
  let all: readonly number[] | undefined;
  const read = () => (all ??= slice.ids(0));
  return {
    costly: true,
    count: (limit) => Math.min(limit, read().length),
    ids: (after) => read().filter((id) => id > after),
  };
}

/** What `slice` has in common with those of the others whose ids cost less to read than the entries they rule out. */
function narrowed(slice: Slice, slices: readonly Slice[]): Candidates {
  const count = slice.count(mostSortedIds);
  const limit = Math.min(mostNarrowingIds, count * idsForAnEntry);
  const others = slices.filter((other) => {
    if (other === slice) return false;
    return other.costly === true ? count > someEntries : other.count(limit + 1) <= limit;
  });
  if (others.length === 0) return slice.next ?? sortedIds(slice);
  return sortedIds({
    count: slice.count,
    ids(after) {
      let ids = slice.ids(after);
      for (const other of others) {
        const before = new Set(ids);
        ids = other.ids(after).filter((id) => before.has(id));
      }
      return ids;
    },
  });
}

function smallestWithin(slices: readonly Slice[], limit: number): Slice | undefined {
  let best: Slice | undefined;
  let least = limit + 1;
  for (const slice of slices) {
    const count = slice.count(least);
    if (count < least) {
      best = slice;
      least = count;
    }
    if (least === 0) break;
  }
  return best;
}

function sortedIds(slice: Slice): Candidates {
  let ids: readonly number[] | undefined;
  let position = 0;
  return (after, limit) => {
    ids ??= [...new Set(slice.ids(after))].sort((left, right) => left - right);
    while (position < ids.length && (ids[position] ?? 0) <= after) position += 1;
    return ids.slice(position, position + limit);
  };
}

function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(conjunctsOf) : [condition];
}

/** A slice that holds every entry for which `condition` is true; undefined when no index helps. */
function sliceOf(schema: Schema, index: EntryIndex, condition: Condition): Slice | undefined {
  switch (condition.kind) {
    case 'undefined':
      return nothing;
    case 'equality':
      // Another rule than the attribute's own (an extensible match) normalises otherwise than the index.
      if (condition.rule !== condition.attribute.type.equality) return undefined;
      return ofTypes(schema, condition.attribute, (key) => index.equality(key, condition.value));
    case 'substrings':
      if (!sharesNormalisation(condition.attribute)) return undefined;
      return ofTypes(schema, condition.attribute, (key) =>
        condition.initial === ''
          ? index.contains(key, longestOf([...condition.any, condition.final]))
          : index.prefix(key, condition.initial),
      );
    case 'present':
      return ofTypes(schema, condition.attribute, (key) => index.present(key));
    case 'or':
      return union(condition.parts.map((part) => sliceOf(schema, index, part)));
    case 'and': {
      const parts = condition.parts.flatMap((part) => sliceOf(schema, index, part) ?? []);
      return smallestWithin(parts, mostSortedIds) ?? parts[0];
    }
    default:
      return undefined;
  }
}

function longestOf(pieces: readonly string[]): string {
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

/** caseIgnoreMatch and caseIgnoreSubstringsMatch prepare alike; a pair that does not may not use the index. */
function sharesNormalisation({ type }: AttributeDescription): boolean {
  const family = (name: string | undefined) => name?.replace(/(Substrings)?Match$/, '');
  return type.equality !== undefined && family(type.equality.name) === family(type.substring?.name);
}

function ofTypes(
  schema: Schema,
  attribute: AttributeDescription,
  slice: (key: string) => Slice | undefined,
): Slice | undefined {
  // Computed, not stored.
  if (attribute.type.key === 'entrydn' || attribute.type.key === 'hassubordinates') return undefined;
  return union(schema.withSubtypes(attribute.type).map(({ key }) => slice(key)));
}

function union(parts: readonly (Slice | undefined)[]): Slice | undefined {
  const slices = parts.filter((slice) => slice !== undefined);
  if (slices.length !== parts.length) return undefined;
  const [only] = slices;
  if (slices.length === 1 && only !== undefined) return only;
  return {
    costly: slices.some((slice) => slice.costly === true),
    count(limit) {
      let total = 0;
      for (const slice of slices) {
        total += slice.count(limit - total);
        if (total >= limit) break;
      }
      return total;
    },
    ids: (after) => slices.flatMap((slice) => slice.ids(after)),
  };
}
