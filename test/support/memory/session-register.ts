import type {
  NewOutboxMessage,
  ReachedClient,
  RegisteredSession,
  SessionEnding,
  SessionRegister,
} from '#domain/records.ts';

interface Entry {
  session: RegisteredSession;
  readonly reached: Map<string, ReachedClient>;
  ending?: SessionEnding;
}

export interface MemorySessionRegister extends SessionRegister {
  readonly sessions: ReadonlyMap<string, Readonly<Entry>>;
  readonly outbox: readonly NewOutboxMessage[];
  /** Makes every call fail until given undefined. */
  fail(error: Error | undefined): void;
}

export function createMemorySessionRegister(): MemorySessionRegister {
  const sessions = new Map<string, Entry>();
  const outbox: NewOutboxMessage[] = [];
  let failure: Error | undefined;
  const turn = async (): Promise<void> => {
    if (failure) throw failure;
  };
  return {
    sessions,
    outbox,
    fail: (error) => {
      failure = error;
    },
    async recordSession(session) {
      await turn();
      const entry = sessions.get(session.sessionUid) ?? { session, reached: new Map() };
      entry.session = session;
      sessions.set(session.sessionUid, entry);
    },
    async recordReached(session, client) {
      await turn();
      const entry = sessions.get(session.sessionUid) ?? { session, reached: new Map() };
      entry.session = session;
      entry.reached.set(client.clientId, client);
      sessions.set(session.sessionUid, entry);
    },
    async endSession(uid, ending, _at, messages) {
      await turn();
      const entry = sessions.get(uid);
      if (!entry || entry.ending) return [];
      entry.ending = ending;
      const reached = [...entry.reached.values()];
      outbox.push(...messages(reached));
      return reached;
    },
    async listOpenSessions(accountId) {
      await turn();
      return [...sessions.values()]
        .filter(({ session, ending }) => session.accountId === accountId && !ending)
        .map(({ session }) => session);
    },
    async listExpired(now, limit) {
      await turn();
      return [...sessions.values()]
        .filter(({ session, ending }) => session.endsAt <= now && !ending)
        .map(({ session }) => session)
        .toSorted((a, b) => a.endsAt.getTime() - b.endsAt.getTime())
        .slice(0, limit);
    },
    async listReached(uid) {
      await turn();
      return [...(sessions.get(uid)?.reached.values() ?? [])];
    },
    async leaveClient(uid, clientId, messages) {
      await turn();
      const entry = sessions.get(uid);
      const client = entry?.reached.get(clientId);
      if (!entry || entry.ending || !client) return;
      entry.reached.delete(clientId);
      outbox.push(...messages([client]));
    },
    async listReaching(clientId, afterUid = '', limit) {
      await turn();
      return [...sessions.values()]
        .filter(
          ({ session, reached, ending }) => !ending && session.sessionUid > afterUid && reached.has(clientId),
        )
        .map(({ session }) => session)
        .toSorted((a, b) => (a.sessionUid < b.sessionUid ? -1 : 1))
        .slice(0, limit);
    },
    async extendSession(uid, endsAt) {
      await turn();
      const entry = sessions.get(uid);
      if (entry && !entry.ending) entry.session = { ...entry.session, endsAt };
    },
  };
}
