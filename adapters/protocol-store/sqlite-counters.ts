import type { CounterStore } from '#domain/protocol-store.ts';
import { numberOf, timeOf, type Prepare, type Row } from './sqlite-engine.ts';

export function createCounters(prepare: Prepare): CounterStore {
  const add = prepare(`
    INSERT INTO counters (key, count, expires_at) VALUES (:key, max(0, :by), :expiresAt)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN counters.expires_at > :now THEN max(0, counters.count + :by) ELSE max(0, :by) END,
      expires_at = CASE WHEN counters.expires_at > :now THEN counters.expires_at ELSE excluded.expires_at END
    RETURNING count, expires_at`);
  const read = prepare('SELECT count, expires_at FROM counters WHERE key = :key AND expires_at > :now');
  const reset = prepare('DELETE FROM counters WHERE key = :key');

  const counterOf = (row: Row) => ({ count: numberOf(row, 'count'), expiresAt: timeOf(row, 'expires_at') });

  return {
    async add(key, by, expiresAt) {
      const row = await add.row({ key, by, expiresAt: expiresAt.getTime() });
      if (!row) throw new Error('adding to a counter gave no row');
      return counterOf(row);
    },
    async read(key) {
      const row = await read.row({ key });
      return row && counterOf(row);
    },
    async reset(key) {
      await reset.rows({ key });
    },
  };
}
