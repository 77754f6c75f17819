/**
 * An LDAP v3 server (RFC 4511) in this process, over one SQLite file: the directory of an agency that runs Hufu on one
 * machine. Reached like any other server, by socket or port; several processes may serve the same file.
 *
 * Bytes → protocol/ (messages) → operations/ (bind, add, modify, delete) and search/ → store/ (SQLite), all by the
 * rules of schema/; server/ holds the connections.
 */
import { createServer, type Socket } from 'node:net';
import { openSqliteFile } from '#adapters/sqlite/open-file.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { addNamingValues, insertEntry, readAttributes } from './operations/add-entry.ts';
import type { Directory, Limits } from './operations/operation-context.ts';
import { readIdentity, type IdentityOptions } from './operations/read-identity.ts';
import { createPasswordVerifier, type PasswordVerifier } from './operations/verify-password.ts';
import { encodeDisconnection } from './protocol/encode-response.ts';
import { createSchema, type Schema } from './schema/schema.ts';
import { createEntryIndex } from './search/entry-index.ts';
import { createRootDse } from './search/root-dse.ts';
import { createSubschema } from './search/subschema.ts';
import { listen, type ListenAddress, type ListenAt } from './server/listen.ts';
import { readTls, type ConnectionTls } from './server/secure-stream.ts';
import { serveConnection, type Connection, type ConnectionLimits } from './server/serve-connection.ts';
import { createEntryStore, storeSchema } from './store/entry-store.ts';
import { createIndexVersions } from './store/index-versions.ts';
import { prepareIndexes } from './store/prepare-indexes.ts';

export interface EmbeddedDirectoryOptions {
  /** SQLite file; made when absent, with mode 0600. */
  readonly file: string;
  /** The one naming context. Its entry is made when absent, from its name (`dc`, `o` or `ou`). */
  readonly baseDn: string;
  /** LDIF with attribute types and object classes, as slapd reads it. */
  readonly schema: string;
  readonly identities: readonly IdentityOptions[];
  /** Attributes of which no two entries share a value. */
  readonly uniqueAttributes: readonly string[];
  /** Attributes that searches find by equality or beginning without reading every entry; the unique ones always are. */
  readonly indexedAttributes?: readonly string[];
  readonly listen: ListenAt;
  /** Default: its own. Several servers of one process share one, so that together they hash no more at once. */
  readonly verifier?: PasswordVerifier;
  readonly log: Log;
  readonly clock: Clock;
  readonly limits?: Partial<Limits & ConnectionLimits & { readonly mostConnections: number }>;
}

export interface EmbeddedDirectory {
  readonly address: ListenAddress;
  /** Lets operations under way end, disconnects the clients, closes the file. */
  close(): Promise<void>;
}

const defaultLimits = {
  sizeLimit: 5000,
  timeLimit: 30,
  longestMessage: 1_048_576,
  longestAnonymousMessage: 262_144,
  mostWaiting: 32,
  patienceMs: 30_000,
  // The socket belongs to Hufu, which counts wrong passwords by person.
  mostFailedBinds: Number.POSITIVE_INFINITY,
  mostConnections: 1000,
};

/** SQLite's own two megabytes hold too little of a large directory. */
const cacheKibibytes = 16_384;

/** As the configuration of slapd (config/ldap) has them. */
const usualIndexes = [
  'objectClass',
  'uid',
  'cn',
  'ou',
  'hufuScopeOid',
  'hufuStatus',
  'hufuOffice',
  'hufuGrant',
  'hufuManagedCategory',
  'hufuOid',
  'hufuNationalIdKey',
  'hufuCertificateKey',
];

/** Throws on a schema, name or attribute that cannot be, `store-unavailable` on the file, system errors on listening. */
export async function startEmbeddedDirectory(options: EmbeddedDirectoryOptions): Promise<EmbeddedDirectory> {
  const isOpen = 'port' in options.listen;
  const limits = { ...defaultLimits, ...(isOpen && { mostFailedBinds: 5 }), ...options.limits };
  const schema = createSchema(options.schema);
  const base = getName(schema, options.baseDn);
  const tls = 'tls' in options.listen && options.listen.tls ? readTls(options.listen.tls) : undefined;
  const database = openSqliteFile({ file: options.file, synchronous: 'FULL', schema: storeSchema });
  database.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
  try {
    const { uniqueAttributes, indexedAttributes = usualIndexes.filter(schema.findAttributeType) } = options;
    await prepareIndexes(database, schema, [...indexedAttributes, ...uniqueAttributes]);
    const versions = createIndexVersions();
    const directory: Directory = {
      schema,
      database,
      store: createEntryStore(database, schema, versions),
      index: createEntryIndex(database, versions),
      base,
      rootDse: createRootDse(schema, base.text, tls !== undefined),
      subschema: createSubschema(schema),
      identities: options.identities.map((identity) => readIdentity(schema, base, identity)),
      uniqueAttributes: uniqueAttributes.flatMap((name) => schema.findAttributeType(name) ?? []),
      bindsPeople: !('port' in options.listen) || options.listen.binds === 'everyone',
      verifier: options.verifier ?? createPasswordVerifier(),
      limits,
      clock: options.clock,
    };
    await createBaseEntry(directory);
    return await serve(directory, options, limits, tls);
  } catch (error) {
    database.close();
    throw error;
  }
}

function getName(schema: Schema, dn: string) {
  const name = schema.naming.parse(dn);
  if (name === undefined || name.key === '')
    throw new Error('embedded directory: invalid distinguished name');
  return name;
}

async function createBaseEntry(directory: Directory): Promise<void> {
  const { base, schema, store } = directory;
  if (store.find(base.key) !== undefined) return;
  const byNaming: Record<string, [string, string][]> = {
    dc: [
      ['objectClass', 'dcObject'],
      ['objectClass', 'organization'],
      ['o', base.relative[0]?.value.toString() ?? ''],
    ],
    o: [['objectClass', 'organization']],
    ou: [['objectClass', 'organizationalUnit']],
  };
  const pairs = byNaming[base.relative[0]?.type.key ?? ''];
  if (pairs === undefined) throw new Error('embedded directory: the base DN must begin with dc, o or ou');
  const given = [...Map.groupBy(pairs, ([name]) => name)].map(([attribute, found]) => ({
    attribute,
    values: found.map(([, value]) => Buffer.from(value)),
  }));
  await store.transact(() => {
    if (store.find(base.key) !== undefined) return;
    const attributes = readAttributes(directory, { kind: 'add', dn: base.text, attributes: given });
    addNamingValues(base, attributes);
    insertEntry({ ...directory, schema }, base, attributes, base.text);
  });
}

async function serve(
  directory: Directory,
  options: EmbeddedDirectoryOptions,
  limits: typeof defaultLimits,
  tls: ConnectionTls | undefined,
): Promise<EmbeddedDirectory> {
  const { log } = options;
  const open = new Map<Socket, Connection>();
  const server = createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
    if (open.size >= limits.mostConnections) {
      socket.on('error', () => socket.destroy());
      if (tls?.begin === 'at-once') socket.destroy();
      else socket.end(encodeDisconnection('busy', 'too many connections'));
      return;
    }
    open.set(socket, serveConnection(socket, directory, limits, log, tls));
    socket.once('close', () => open.delete(socket));
  });
  const address = await listen(server, options.listen);
  log.info('embedded-directory-started');
  return {
    address,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      const gone = [...open.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const connection of open.values()) connection.stop();
      await Promise.all([...gone, closed]);
      directory.database.close();
      log.info('embedded-directory-stopped');
    },
  };
}
