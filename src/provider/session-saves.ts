/**
 * Saves a session without undoing what other requests did to it meanwhile. The library writes the whole session
 * at the end of each authorization; two at once would lose one relying party's grant, and a save after a log-out
 * would bring the session back. So an existing session is read again first, in turn within this process: gone, it
 * stays gone; relying parties added meanwhile are kept. A save that changes nothing but the expiry, and that by
 * little, is left out.
 * A new cookie value for somebody's session is a removal and a creation: only who consumes the old record creates, so
 * that two requests at once do not fork the session. An ended session's index is kept as consumed, for good: what a
 * request under way still creates under that uid does not count.
 */
import { Provider, type AdapterPayload } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore } from '#domain/protocol-store.ts';

/** Activity within this many seconds is one. */
export const activityGrainSeconds = 30;

export interface SessionSaves {
  /** Remembers for the request at hand how the session was when it was read. */
  noteRead(id: string, payload: AdapterPayload): void;
  save(id: string, payload: AdapterPayload, expiresIn: number): Promise<void>;
  /** Removes the record; unless the request at hand gives the session a new cookie value, the session has ended. */
  remove(id: string): Promise<void>;
  /** The id that the session counts under; undefined once it has ended. */
  findId(uid: string): Promise<string | undefined>;
}

interface Deps {
  readonly store: ProtocolStore;
  readonly clock: Clock;
  /** How long a session lasts at most: its index is written once and must do until then. */
  readonly sessionSeconds: number;
}

/** What one request has read and removed. */
interface RequestSaves {
  readonly read: Map<string, AdapterPayload>;
  /** By uid: whether the removed record was this request's to replace. */
  readonly mayRenew: Map<string, boolean>;
}

type Authorizations = NonNullable<AdapterPayload['authorizations']>;

export function createSessionSaves({ store, clock, sessionSeconds }: Deps): SessionSaves {
  const requests = new WeakMap<object, RequestSaves>();
  const inTurn = createTurns();
  const after = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  const requestSaves = (): RequestSaves | undefined => {
    const request = Provider.ctx;
    if (!request) return undefined;
    const known = requests.get(request) ?? { read: new Map(), mayRenew: new Map() };
    requests.set(request, known);
    return known;
  };

  const create = async (id: string, payload: AdapterPayload, expiresIn: number): Promise<void> => {
    const uid = payload.uid ?? '';
    await store.put(`SessionUid:${uid}`, id, after(Math.max(sessionSeconds, expiresIn)));
    await store.put(`Session:${id}`, JSON.stringify(payload), after(expiresIn));
  };

  const update = async (id: string, payload: AdapterPayload, was: AdapterPayload, expiresIn: number) => {
    const current = await store.get(`Session:${id}`);
    if (!current || current.consumedAt) return;
    const { authorizations } = JSON.parse(current.value) as AdapterPayload;
    const merged = { ...addedMeanwhile(authorizations, was.authorizations), ...payload.authorizations };
    const value = Object.keys(merged).length > 0 ? { ...payload, authorizations: merged } : payload;
    await store.replace(`Session:${id}`, JSON.stringify(value), after(expiresIn));
  };

  const remove = async (
    id: string,
    was: AdapterPayload,
    request: RequestSaves | undefined,
  ): Promise<void> => {
    const { uid = '' } = was;
    const renewed = Provider.ctx?.oidc?.session;
    const isEnd = !renewed || renewed.uid !== uid || renewed.jti === id;
    if (isEnd) await store.consume(`SessionUid:${uid}`);
    const isFirst = await store.consume(`Session:${id}`);
    // The library removes the old record at each save; the first time counts. Nobody's session may be forked.
    if (!request?.mayRenew.has(uid)) request?.mayRenew.set(uid, isFirst || was.accountId === undefined);
    // A renewed record stays, as consumed: a log-out that has read it finds there which session to end.
    if (isEnd) await store.remove(`Session:${id}`);
  };

  const storedPayload = async (id: string): Promise<AdapterPayload | undefined> => {
    const record = await store.get(`Session:${id}`);
    return record && (JSON.parse(record.value) as AdapterPayload);
  };

  return {
    noteRead(id, payload) {
      // A copy: the library works on what it was given.
      requestSaves()?.read.set(id, structuredClone(payload));
    },
    async save(id, payload, expiresIn) {
      const request = requestSaves();
      // Outside the protocol endpoints sessions are only ever extended.
      const was = request ? request.read.get(id) : payload;
      if (request && !was) {
        if (request.mayRenew.get(payload.uid ?? '') === false) return undefined;
        request.read.set(id, structuredClone(payload));
        return create(id, payload, expiresIn);
      }
      if (!was || (request && isSameButExpiry(was, payload, expiresIn))) return undefined;
      return inTurn(id, () => update(id, payload, was, expiresIn));
    },
    async remove(id) {
      const request = requestSaves();
      const was = request?.read.get(id) ?? (await storedPayload(id));
      if (was) await inTurn(id, () => remove(id, was, request));
    },
    async findId(uid) {
      const index = await store.get(`SessionUid:${uid}`);
      return index?.consumedAt ? undefined : index?.value;
    },
  };
}

function addedMeanwhile(current: Authorizations = {}, was: Authorizations = {}): Authorizations {
  return Object.fromEntries(Object.entries(current).filter(([clientId]) => !Object.hasOwn(was, clientId)));
}

function isSameButExpiry(was: AdapterPayload, payload: AdapterPayload, expiresIn: number): boolean {
  const grain = Math.min(activityGrainSeconds, expiresIn / 10);
  const moved = Math.abs((payload.exp ?? 0) - (was.exp ?? 0));
  const bare = (session: AdapterPayload) => JSON.stringify({ ...session, exp: 0, iat: 0 }, sortedKeys);
  return moved < grain && bare(was) === bare(payload);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Runs acts of the same key one after another. */
function createTurns(): (key: string, act: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return async (key, act) => {
    const before = last.get(key);
    const mine = before ? before.then(act, act) : act();
    last.set(key, mine);
    try {
      await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
