import type { OneTimeStore } from '#domain/protocol-store.ts';
import { textOf, type Prepare } from './sqlite-engine.ts';

export function createOneTime(prepare: Prepare): OneTimeStore {
  const place = prepare(`
    INSERT INTO one_time (key, value, expires_at) VALUES (:key, :value, :expiresAt)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`);
  // An expired row that has not been swept yet is no obstacle.
  const placeFirst = prepare(`
    INSERT INTO one_time (key, value, expires_at) VALUES (:key, :value, :expiresAt)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
      WHERE one_time.expires_at <= :now
    RETURNING key`);
  const take = prepare('DELETE FROM one_time WHERE key = :key AND expires_at > :now RETURNING value');
  const takeIfEqual = prepare(
    'DELETE FROM one_time WHERE key = :key AND value = :expected AND expires_at > :now RETURNING key',
  );
  const peek = prepare('SELECT value FROM one_time WHERE key = :key AND expires_at > :now');

  return {
    async place(key, value, expiresAt) {
      await place.rows({ key, value, expiresAt: expiresAt.getTime() });
    },
    placeFirst: async (key, value, expiresAt) =>
      (await placeFirst.row({ key, value, expiresAt: expiresAt.getTime() })) !== undefined,
    async take(key) {
      const row = await take.row({ key });
      return row && textOf(row, 'value');
    },
    takeIfEqual: async (key, expected) => (await takeIfEqual.row({ key, expected })) !== undefined,
    async peek(key) {
      const row = await peek.row({ key });
      return row && textOf(row, 'value');
    },
  };
}
