/** What of the index has changed by this process: values of one attribute (its id in the file), or which entries there are. */
export type IndexPart = number | 'entries';

/**
 * How often this process has written to a part of the index. Most writes to a directory are times of logins, which no
 * list looks through: what was read of the rest stays true. What is undone counts too.
 */
export interface IndexVersions {
  of(part: IndexPart): number;
  countWrite(part: IndexPart): void;
}

export function createIndexVersions(): IndexVersions {
  const writes = new Map<IndexPart, number>();
  const of = (part: IndexPart) => writes.get(part) ?? 0;
  return { of, countWrite: (part) => void writes.set(part, of(part) + 1) };
}
