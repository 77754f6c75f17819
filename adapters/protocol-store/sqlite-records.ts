import type { ProtocolStore } from '#domain/protocol-store.ts';
import { textOf, timeOf, type Prepare } from './sqlite-engine.ts';

export function createRecords(prepare: Prepare): ProtocolStore {
  // A record that was consumed stays so while it lives: writing it again must not bring a used code back.
  const put = prepare(`
    INSERT INTO records (key, value, expires_at) VALUES (:key, :value, :expiresAt)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at,
      consumed_at = CASE WHEN expires_at > :now THEN consumed_at END`);
  const replace = prepare(`
    UPDATE records SET value = :value, expires_at = :expiresAt
    WHERE key = :key AND expires_at > :now RETURNING key`);
  const get = prepare('SELECT value, consumed_at FROM records WHERE key = :key AND expires_at > :now');
  const consume = prepare(`
    UPDATE records SET consumed_at = :now
    WHERE key = :key AND expires_at > :now AND consumed_at IS NULL RETURNING key`);
  const remove = prepare('DELETE FROM records WHERE key = :key');
  const link = prepare(`
    INSERT INTO members (name, member, expires_at) VALUES (:set, :member, :expiresAt)
    ON CONFLICT (name, member) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)`);
  const linked = prepare(
    'SELECT member FROM members WHERE name = :set AND expires_at > :now ORDER BY member',
  );
  const unlink = prepare('DELETE FROM members WHERE name = :set');

  return {
    async put(key, value, expiresAt) {
      await put.rows({ key, value, expiresAt: expiresAt.getTime() });
    },
    replace: async (key, value, expiresAt) =>
      (await replace.row({ key, value, expiresAt: expiresAt.getTime() })) !== undefined,
    async get(key) {
      const row = await get.row({ key });
      if (!row) return undefined;
      const value = textOf(row, 'value');
      return row['consumed_at'] === null ? { value } : { value, consumedAt: timeOf(row, 'consumed_at') };
    },
    consume: async (key) => (await consume.row({ key })) !== undefined,
    async remove(key) {
      await remove.rows({ key });
    },
    async link(set, member, expiresAt) {
      await link.rows({ set, member, expiresAt: expiresAt.getTime() });
    },
    linked: async (set) => (await linked.rows({ set })).map((row) => textOf(row, 'member')),
    async unlink(set) {
      await unlink.rows({ set });
    },
  };
}
