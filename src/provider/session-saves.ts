/**
 * Saves a session without undoing what other requests did to it meanwhile. The library writes the whole session
 * at the end of each authorization; two at once would lose one relying party's grant, and a save after a log-out
 * would bring the session back. So an existing session is read again first, in turn within this process: gone, it
 * stays gone; relying parties added meanwhile are kept. A save that changes nothing but the expiry, and that by
 * little, is left out.
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
}

interface Deps {
  readonly store: ProtocolStore;
  readonly clock: Clock;
  /** How long a session lasts at most: its index is written once and must do until then. */
  readonly sessionSeconds: number;
}

type Authorizations = NonNullable<AdapterPayload['authorizations']>;

export function createSessionSaves({ store, clock, sessionSeconds }: Deps): SessionSaves {
  const read = new WeakMap<object, Map<string, AdapterPayload>>();
  const inTurn = createTurns();
  const after = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  const create = async (id: string, payload: AdapterPayload, expiresIn: number): Promise<void> => {
    const uid = payload.uid ?? '';
    await store.put(`SessionUid:${uid}`, id, after(Math.max(sessionSeconds, expiresIn)));
    await store.put(`Session:${id}`, JSON.stringify(payload), after(expiresIn));
  };

  const update = async (id: string, payload: AdapterPayload, was: AdapterPayload, expiresIn: number) => {
    const current = await store.get(`Session:${id}`);
    if (!current) return;
    const { authorizations } = JSON.parse(current.value) as AdapterPayload;
    const merged = { ...addedMeanwhile(authorizations, was.authorizations), ...payload.authorizations };
    const value = Object.keys(merged).length > 0 ? { ...payload, authorizations: merged } : payload;
    await store.put(`Session:${id}`, JSON.stringify(value), after(expiresIn));
  };

  return {
    noteRead(id, payload) {
      const request = Provider.ctx;
      if (!request) return;
      const seen = read.get(request) ?? new Map<string, AdapterPayload>();
      // A copy: the library works on what it was given.
      read.set(request, seen.set(id, structuredClone(payload)));
    },
    async save(id, payload, expiresIn) {
      const request = Provider.ctx;
      // Outside the protocol endpoints sessions are only ever extended.
      const was = request ? read.get(request)?.get(id) : payload;
      if (!was) return create(id, payload, expiresIn);
      if (request && isSameButExpiry(was, payload, expiresIn)) return undefined;
      return inTurn(id, () => update(id, payload, was, expiresIn));
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
