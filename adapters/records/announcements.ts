import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AnnouncementRegister, KeptAnnouncement } from '#domain/announcement-register.ts';
import { HufuError } from '#domain/errors.ts';
import type { RecordsTables } from './tables.ts';

/** Every change moves the one version on in the same transaction. */
export function createAnnouncementRegister(db: Kysely<RecordsTables>): AnnouncementRegister {
  function change<Result>(act: (tx: Transaction<RecordsTables>) => Promise<Result>): Promise<Result> {
    return db.transaction().execute(async (tx) => {
      await tx
        .updateTable('announcement_version')
        .set((row) => ({ version: row('version', '+', 1) }))
        .where('id', '=', 1)
        .execute();
      return act(tx);
    });
  }

  return {
    async listAnnouncements() {
      const rows = await db
        .selectFrom('announcements')
        .selectAll()
        .orderBy('from_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(keptOf);
    },

    async findAnnouncement(id) {
      const row = await db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst();
      return row && keptOf(row);
    },

    addAnnouncement: (announcement) =>
      change(async (tx) => {
        const row = { ...rowOf(announcement), id: announcement.id, revision: 1 };
        await tx.insertInto('announcements').values(row).execute();
      }),

    changeAnnouncement: (announcement) =>
      change(async (tx) => {
        const { id, revision } = announcement;
        const changed = await tx
          .updateTable('announcements')
          .set({ ...rowOf(announcement), revision: revision + 1 })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .returning('id')
          .executeTakeFirst();
        if (!changed) throw new HufuError('changed-meanwhile');
      }),

    removeAnnouncement: (id, revision) =>
      change(async (tx) => {
        const removed = await tx
          .deleteFrom('announcements')
          .where('id', '=', id)
          .where('revision', '=', revision)
          .returning('id')
          .executeTakeFirst();
        if (!removed) throw new HufuError('changed-meanwhile');
      }),

    async readVersion() {
      const row = await db
        .selectFrom('announcement_version')
        .select('version')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return Number(row.version);
    },
  };
}

function rowOf({ level, from, until, zh, en }: Omit<KeptAnnouncement, 'id' | 'revision'>) {
  return {
    level,
    from_at: from.getTime(),
    until_at: until.getTime(),
    zh_title: zh.title,
    zh_body: zh.body,
    en_title: en.title,
    en_body: en.body,
  };
}

function keptOf(row: Selectable<RecordsTables['announcements']>): KeptAnnouncement {
  return {
    id: row.id,
    revision: Number(row.revision),
    level: row.level === 'warning' ? 'warning' : 'info',
    from: new Date(Number(row.from_at)),
    until: new Date(Number(row.until_at)),
    zh: { title: row.zh_title, body: row.zh_body },
    en: { title: row.en_title, body: row.en_body },
  };
}
