import type { Kysely } from 'kysely';
import { parseAccountId } from '#domain/account.ts';
import { HufuError } from '#domain/errors.ts';
import type { ReachedClient, RegisteredSession, SessionRegister } from '#domain/records.ts';
import type { InsertMessage } from './outbox.ts';
import type { RecordsTables } from './tables.ts';

type SessionRow = RecordsTables['sessions'];

export interface SessionRegisterDeps {
  readonly db: Kysely<RecordsTables>;
  readonly insertMessage: InsertMessage;
}

export function createSessionRegister({ db, insertMessage }: SessionRegisterDeps): SessionRegister {
  return {
    async recordSession(session) {
      await db.transaction().execute((tx) => writeSession(tx, session));
    },

    async recordReached(session, client) {
      await db.transaction().execute(async (tx) => {
        await writeSession(tx, session);
        await tx
          .insertInto('session_clients')
          .values({ session_uid: session.sessionUid, client_id: client.clientId, sid: client.sid })
          .onConflict((conflict) => conflict.columns(['session_uid', 'client_id', 'sid']).doNothing())
          .execute();
      });
    },

    async endSession(sessionUid, ending, at, messages) {
      return db.transaction().execute(async (tx): Promise<readonly ReachedClient[]> => {
        const ended = await tx
          .updateTable('sessions')
          .set({ ended_at: at.getTime(), ending })
          .where('session_uid', '=', sessionUid)
          .where('ended_at', 'is', null)
          .returning('session_uid')
          .executeTakeFirst();
        if (!ended) return [];
        const reached = await reachedBy(tx, sessionUid);
        for (const message of messages(reached)) await insertMessage(tx, message);
        return reached;
      });
    },

    async listOpenSessions(accountId) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('ended_at', 'is', null)
        .orderBy('started_at')
        .orderBy('session_uid')
        .execute();
      return rows.map(sessionOf);
    },

    async listExpired(now, limit) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('ends_at', '<=', now.getTime())
        .orderBy('ends_at')
        .limit(limit)
        .execute();
      return rows.map(sessionOf);
    },

    async listReaching(clientId, afterUid = '', limit) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('session_uid', '>', afterUid)
        .where('session_uid', 'in', (reached) =>
          reached.selectFrom('session_clients').select('session_uid').where('client_id', '=', clientId),
        )
        .orderBy('session_uid')
        .limit(limit)
        .execute();
      return rows.map(sessionOf);
    },

    async extendSession(sessionUid, endsAt) {
      await db
        .updateTable('sessions')
        .set({ ends_at: endsAt.getTime() })
        .where('session_uid', '=', sessionUid)
        .where('ended_at', 'is', null)
        .execute();
    },

    listReached: (sessionUid) => reachedBy(db, sessionUid),

    async leaveClient(sessionUid, clientId, messages) {
      await db.transaction().execute(async (tx) => {
        // The session's row is locked by a write that changes nothing, so that an ending comes before or after.
        const open = await tx
          .updateTable('sessions')
          .set({ ending: null })
          .where('session_uid', '=', sessionUid)
          .where('ended_at', 'is', null)
          .returning('session_uid')
          .executeTakeFirst();
        if (!open) return;
        const left = await tx
          .deleteFrom('session_clients')
          .where('session_uid', '=', sessionUid)
          .where('client_id', '=', clientId)
          .returning(['client_id', 'sid'])
          .execute();
        for (const message of messages(left.map(reachedOf))) await insertMessage(tx, message);
      });
    },
  };
}

type ClientRow = Pick<RecordsTables['session_clients'], 'client_id' | 'sid'>;

const reachedOf = ({ client_id, sid }: ClientRow): ReachedClient => ({ clientId: client_id, sid });

async function reachedBy(db: Kysely<RecordsTables>, sessionUid: string): Promise<readonly ReachedClient[]> {
  const rows = await db
    .selectFrom('session_clients')
    .select(['client_id', 'sid'])
    .where('session_uid', '=', sessionUid)
    .orderBy('client_id')
    .orderBy('sid')
    .execute();
  return rows.map(reachedOf);
}

/** Inserts the session or moves its end; opens an ended one again where it may be. */
async function writeSession(tx: Kysely<RecordsTables>, session: RegisteredSession): Promise<void> {
  const times = { started_at: session.startedAt.getTime(), ends_at: session.endsAt.getTime() };
  const row = { session_uid: session.sessionUid, account_id: session.accountId, ...times };
  // Writing first takes the row's lock (and SQLite's), so that an ending at the same moment comes before or after.
  const before = await tx
    .insertInto('sessions')
    .values({ ...row, ended_at: null, ending: null })
    .onConflict((conflict) =>
      conflict.column('session_uid').doUpdateSet({ account_id: session.accountId, ends_at: times.ends_at }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  if (before.ended_at === null) return;
  if (!mayReopen(before, session)) throw new HufuError('changed-meanwhile', { facts: { session: 'ended' } });
  // Its clients have been told of the end; what it reaches from here on is new.
  await tx.deleteFrom('session_clients').where('session_uid', '=', session.sessionUid).execute();
  await tx
    .updateTable('sessions')
    .set({ ...times, ended_at: null, ending: null })
    .where('session_uid', '=', session.sessionUid)
    .execute();
}

/**
 * Whether a session that ended may stand again: it was only thought to have expired, or the same uid now carries a
 * later login (start times are whole seconds). Otherwise the ending came first, and nothing may be reached after it.
 */
function mayReopen(ended: SessionRow, session: RegisteredSession): boolean {
  const endedSecond = Math.floor((ended.ended_at ?? 0) / 1000) * 1000;
  return ended.ending === 'expired' || session.startedAt.getTime() >= endedSecond;
}

function sessionOf(row: SessionRow): RegisteredSession {
  const accountId = parseAccountId(row.account_id);
  if (!accountId) throw new Error('the session register holds a malformed account id');
  return {
    sessionUid: row.session_uid,
    accountId,
    startedAt: new Date(row.started_at),
    endsAt: new Date(row.ends_at),
  };
}
