/**
 * Tables of the embedded protocol store. Times are milliseconds since 1970. Each table has an index on its expiry
 * for the sweeper alone; requests go by primary key.
 */
export const tables = ['records', 'members', 'one_time', 'counters'] as const;

export const schema = `
  CREATE TABLE IF NOT EXISTS records (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL, consumed_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS members (
    name TEXT NOT NULL, member TEXT NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (name, member)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS one_time (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS counters (
    key TEXT PRIMARY KEY, count INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
  ${tables.map((table) => `CREATE INDEX IF NOT EXISTS ${table}_by_expiry ON ${table} (expires_at);`).join('\n  ')}
`;
