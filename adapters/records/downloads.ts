import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import {
  downloadKinds,
  downloadPlaces,
  type DownloadRegister,
  type KeptDownload,
} from '#domain/download-register.ts';
import { HufuError } from '#domain/errors.ts';
import type { RecordsTables } from './tables.ts';

/** Every change moves the one version on in the same transaction, which also keeps changes apart. */
export function createDownloadRegister(db: Kysely<RecordsTables>): DownloadRegister {
  /** `act` is told the version before the change. */
  function change<Result>(
    act: (tx: Transaction<RecordsTables>, version: number) => Promise<Result>,
  ): Promise<Result> {
    return db.transaction().execute(async (tx) => {
      const moved = await tx
        .updateTable('download_version')
        .set((row) => ({ version: row('version', '+', 1) }))
        .where('id', '=', 1)
        .returning('version')
        .executeTakeFirstOrThrow();
      return act(tx, Number(moved.version) - 1);
    });
  }

  const place = (tx: Transaction<RecordsTables>, id: string, position: number) =>
    tx.updateTable('downloads').set({ position }).where('id', '=', id).execute();

  return {
    async listDownloads() {
      const rows = await db.selectFrom('downloads').selectAll().orderBy('position').orderBy('id').execute();
      return rows.map(keptOf);
    },

    async findDownload(id) {
      const row = await db.selectFrom('downloads').selectAll().where('id', '=', id).executeTakeFirst();
      return row && keptOf(row);
    },

    addDownload: (download) =>
      change(async (tx) => {
        const last = await tx
          .selectFrom('downloads')
          .select(sql<number>`coalesce(max(position), 0)`.as('position'))
          .executeTakeFirstOrThrow();
        const own = { id: download.id, revision: 1, position: Number(last.position) + 1 };
        await tx
          .insertInto('downloads')
          .values({ ...rowOf(download), ...own })
          .execute();
      }),

    changeDownload: (download) =>
      change(async (tx) => {
        const { id, revision } = download;
        const changed = await tx
          .updateTable('downloads')
          .set({ ...rowOf(download), revision: revision + 1 })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .returning('id')
          .executeTakeFirst();
        if (!changed) throw new HufuError('changed-meanwhile');
      }),

    moveDownload: (id, direction, version) =>
      change(async (tx, current) => {
        const rows = await tx
          .selectFrom('downloads')
          .select(['id', 'position'])
          .orderBy('position')
          .orderBy('id')
          .execute();
        const at = rows.findIndex((row) => row.id === id);
        const own = rows[at];
        const other = rows[direction === 'up' ? at - 1 : at + 1];
        if (current !== version || !own || !other) throw new HufuError('changed-meanwhile');
        await place(tx, own.id, Number(other.position));
        await place(tx, other.id, Number(own.position));
      }),

    removeDownload: (id, revision) =>
      change(async (tx) => {
        const removed = await tx
          .deleteFrom('downloads')
          .where('id', '=', id)
          .where('revision', '=', revision)
          .returning('id')
          .executeTakeFirst();
        if (!removed) throw new HufuError('changed-meanwhile');
      }),

    async readVersion() {
      const row = await db
        .selectFrom('download_version')
        .select('version')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return Number(row.version);
    },
  };
}

function rowOf({ zh, en, place, content }: Omit<KeptDownload, 'id' | 'revision'>) {
  const { name, kind, size, hash } = content;
  return { zh, en, place, file_name: name, kind, size, hash };
}

function keptOf(row: Selectable<RecordsTables['downloads']>): KeptDownload {
  return {
    id: row.id,
    revision: Number(row.revision),
    zh: row.zh,
    en: row.en,
    place: downloadPlaces.find((place) => place === row.place) ?? 'both',
    content: {
      name: row.file_name,
      kind: downloadKinds.find((kind) => kind === row.kind) ?? 'txt',
      size: Number(row.size),
      hash: row.hash,
    },
  };
}
