/**
 * The library's adapter over our protocol store, with single-key operations only.
 * Keys are `<Model>:<id>`; two indexes (`SessionUid:<uid>`, `UserCode:<code>`) are written before the record they
 * lead to, so that a crash between leaves at most an index that leads nowhere.
 * Tokens are not indexed by grant: every use of a token (code, refresh, userinfo, introspection) reads its grant
 * and is refused without one, so removing the grant's record revokes them all in one step. That saves a write
 * for every code and token.
 */
import { errors, type Adapter, type AdapterFactory, type AdapterPayload } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore } from '#domain/protocol-store.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { Registration } from './registration.ts';
import { lostReplay } from './lost-replay.ts';
import { createSessionSaves, type SessionSaves } from './session-saves.ts';

/** Lifetime for the models that name none. */
const fallbackSeconds = 24 * 3600;

/** A registration does not end by itself. */
const clientSeconds = 20 * 365 * 24 * 3600;

interface AdapterDeps {
  readonly store: ProtocolStore;
  readonly clock: Clock;
  /** How long a session lasts at most. */
  readonly sessionSeconds: number;
  /** Absent where relying parties are configured alone. */
  readonly registration?: Registration | undefined;
  /** Metadata of the relying parties in the records. */
  readonly keptClient?: ((clientId: string) => AdapterPayload | undefined) | undefined;
  /** Absent without the device flow. */
  readonly deviceCodes?: DeviceCodes | undefined;
}

export function createAdapterFactory(deps: AdapterDeps): AdapterFactory {
  const sessions = createSessionSaves(deps);
  return (model) => createAdapter(model, deps, sessions);
}

function createAdapter(model: string, deps: AdapterDeps, sessions: SessionSaves): Adapter {
  const { store, clock, registration, deviceCodes } = deps;
  const keyOf = (id: string) => `${model}:${id}`;

  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    if (model === 'Client') {
      const kept = deps.keptClient?.(id);
      // Without registration no relying party is stored here.
      if (kept || !registration) return kept;
    }
    const record = await store.get(keyOf(id));
    if (!record) return undefined;
    const payload = parsePayload(record.value);
    if (record.consumedAt) payload.consumed = Math.floor(record.consumedAt.getTime() / 1000);
    if (model === 'Session') sessions.noteRead(id, payload);
    if (model === 'Client') registration?.remember(payload);
    if (model === 'Interaction') await meetClientOf(payload);
    return payload;
  };

  /** The pages of an interaction ask who the relying party is, be it that another process met it. */
  const meetClientOf = async ({ params }: AdapterPayload): Promise<void> => {
    const clientId = params?.['client_id'];
    const isMet = typeof clientId !== 'string' || registration?.find(clientId) !== undefined;
    const record = isMet || !registration ? undefined : await store.get(`Client:${clientId}`);
    if (record) registration?.remember(parsePayload(record.value));
  };

  const revokeByGrantId = (grantId: string) => store.remove(`Grant:${grantId}`);

  const findBy = async (index: string): Promise<AdapterPayload | undefined> => {
    const record = await store.get(index);
    return record ? find(record.value) : undefined;
  };

  /** Somebody's session counts only while its index leads to it. */
  const isCurrent = async (id: string, { uid = '', accountId, consumed }: AdapterPayload): Promise<boolean> =>
    consumed === undefined && (accountId === undefined || (await sessions.findId(uid)) === id);

  return {
    async find(id) {
      const payload = await find(id);
      if (model === 'DeviceCode' && payload) await deviceCodes?.checkPoll(id);
      if (model === 'Session' && payload && !(await isCurrent(id, payload))) return undefined;
      return payload;
    },
    async findByUid(uid) {
      const id = await sessions.findId(uid);
      return id === undefined ? undefined : find(id);
    },
    findByUserCode: (code) => findBy(`UserCode:${code}`),
    async upsert(id, payload, expiresIn = model === 'Client' ? clientSeconds : fallbackSeconds) {
      if (model === 'Session') return sessions.save(id, payload, expiresIn);
      if (model === 'Client') await registration?.admit(payload);
      if (model === 'DeviceCode') await deviceCodes?.admit(id, payload);
      const expiresAt = new Date(clock.now().getTime() + expiresIn * 1000);
      if (payload.userCode) await store.put(`UserCode:${payload.userCode}`, id, expiresAt);
      await store.put(keyOf(id), JSON.stringify(payload), expiresAt);
      // The library looks and writes in two steps, so two uses at once would both be the first.
      if (model === 'ReplayDetection' && !(await store.consume(keyOf(id)))) throw lostReplay(id);
    },
    async consume(id) {
      if (await store.consume(keyOf(id))) return;
      // The loser of a race is a second use (RFC 9700, 4.14.2): what the first one got must not live on either. The
      // library sees no consumed record here and ignores what consume gives: revoke, and stop it by an error.
      const used = await find(id);
      if (used?.grantId) await revokeByGrantId(used.grantId);
      throw model === 'PushedAuthorizationRequest'
        ? new errors.InvalidRequestUri('request_uri was used meanwhile')
        : new errors.InvalidGrant('consumed meanwhile');
    },
    destroy: (id) => (model === 'Session' ? sessions.remove(id) : store.remove(keyOf(id))),
    revokeByGrantId,
  };
}

function parsePayload(value: string): AdapterPayload {
  // Written by upsert alone, from a payload.
  return JSON.parse(value) as AdapterPayload;
}
