/**
 * Kysely on node:sqlite: one connection, which kysely hands out to one query or one transaction at a time (the
 * adapter says that there are not several). Transactions begin IMMEDIATE, so that a transaction that reads first and writes later never loses its snapshot to another process.
 * Errors of the file and its locks come out as `store-unavailable`.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { retryBusy } from '../sqlite/retry-busy.ts';
import { asStoreError } from '../sqlite/store-errors.ts';

/** Distinct statements kept prepared; ours are a few dozen, batches of several lengths included. */
const preparedLimit = 200;

export function createSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => createDriver(database),
  };
}

function createDriver(database: DatabaseSync): Driver {
  const prepare = createStatementCache(database);

  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const run = (): QueryResult<Row> => {
        const statement = prepare(sql);
        // Kysely hands over what our queries bind: text, numbers and null.
        const values = parameters as SQLInputValue[];
        if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] };
        const { changes } = statement.run(...values);
        return { rows: [], numAffectedRows: BigInt(changes) };
      };
      // Within a transaction the lock is held already and BUSY does not arise.
      return retryBusy(run);
    },
    streamQuery() {
      throw new Error('the embedded records do not stream; page instead');
    },
  };
  const control = (sql: string) => async () => {
    try {
      database.exec(sql);
    } catch (error) {
      throw asStoreError(error);
    }
  };

  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: () => retryBusy(() => database.exec('BEGIN IMMEDIATE')),
    commitTransaction: control('COMMIT'),
    async rollbackTransaction() {
      // A full disk makes SQLite roll back by itself.
      if (database.isTransaction) await control('ROLLBACK')();
    },
    async destroy() {
      if (database.isOpen) database.close();
    },
  };
}

function createStatementCache(database: DatabaseSync): (sql: string) => StatementSync {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= preparedLimit) statements.clear();
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
