/**
 * The provider's sessions in the store, found by uid instead of a browser's cookie: what a sweep, a command or another
 * person's deed has to do with them.
 */
import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { ProtocolStore } from '#domain/protocol-store.ts';
import { createAdapterFactory } from './adapter.ts';

export interface StoredSession {
  /** Undefined while nobody is logged in to it. */
  readonly accountId: string | undefined;
  readonly endsAt: Date;
  /** How strongly it was logged in, by its name. */
  readonly acr: string | undefined;
}

export interface StoredSessions {
  findSession(uid: string): Promise<StoredSession | undefined>;
  /** Revokes every grant, and with them every token, and removes the session: its cookie leads nowhere. */
  removeSession(uid: string, accountId: string): Promise<void>;
  /** Revokes what one relying party got in the session; the session itself goes on. */
  revokeGrant(uid: string, clientId: string): Promise<void>;
}

export function createStoredSessions(deps: {
  readonly store: ProtocolStore;
  readonly clock: Clock;
}): StoredSessions {
  // Sessions are not written here, so their longest life does not matter.
  const adapter = createAdapterFactory({ ...deps, sessionSeconds: 0 })('Session');
  const find = async (uid: string): Promise<AdapterPayload | undefined> =>
    (await adapter.findByUid(uid)) ?? undefined;

  return {
    async findSession(uid) {
      const session = await find(uid);
      if (session?.uid !== uid || session.exp === undefined) return undefined;
      return { accountId: session.accountId, endsAt: new Date(session.exp * 1000), acr: session.acr };
    },
    async removeSession(uid, accountId) {
      const session = await find(uid);
      // Somebody else may have logged in under the same uid meanwhile.
      if (session?.uid !== uid || session.accountId !== accountId || session.jti === undefined) return;
      const grantIds = Object.values(session.authorizations ?? {}).flatMap(({ grantId }) => grantId ?? []);
      await Promise.all(grantIds.map((grantId) => adapter.revokeByGrantId(grantId)));
      await adapter.destroy(session.jti);
    },
    async revokeGrant(uid, clientId) {
      const { authorizations = {} } = (await find(uid)) ?? {};
      const grantId = Object.hasOwn(authorizations, clientId) ? authorizations[clientId]?.grantId : undefined;
      if (grantId !== undefined) await adapter.revokeByGrantId(grantId);
    },
  };
}
