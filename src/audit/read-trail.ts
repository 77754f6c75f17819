import type { AuditStore, ChainedEntry } from '#domain/audit-store.ts';

const pageSize = 500;

/** All entries of the store after `sequence`, in order, read page by page. */
export async function* readTrail(
  store: Pick<AuditStore, 'read'>,
  sequence = 0,
): AsyncGenerator<ChainedEntry> {
  for (let after = sequence; ;) {
    const page = await store.read(after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.sequence;
  }
}
