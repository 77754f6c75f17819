/**
 * Connections to the directory, each lent to one operation at a time: ldapts reconnects on its own without binding
 * again, so that an operation on a shared connection could run as nobody. A connection that fails is thrown away.
 */
import { connect as connectSocket } from 'node:net';
import { Client } from 'ldapts';
import type { Clock } from '#domain/clock.ts';
import { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import { directoryFailure, isTimeout, resultCode, resultCodeOf } from './directory-failure.ts';
import { createReconnectDelay } from './reconnect-delay.ts';
import { createTurns } from './turns.ts';

export type DirectoryAddress = { readonly url: string } | { readonly socketPath: string };

export interface ConnectionPoolOptions {
  readonly connect: DirectoryAddress;
  /** Who every connection is bound as; without it the connections are for binds themselves. */
  readonly identity?: { readonly dn: string; readonly password: string };
  readonly size: number;
  /** Milliseconds an operation, and the wait for a free connection, may take. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
}

export interface ConnectionPool {
  /**
   * Lends a connection to `task`. Result codes of the directory are thrown as they came; everything else as
   * `directory-unavailable`. A `repeatable` task is run once more when a connection turns out to be dead.
   */
  run<T>(task: (client: Client) => Promise<T>, options?: { readonly repeatable?: boolean }): Promise<T>;
  close(): Promise<void>;
}

export function createConnectionPool(
  options: ConnectionPoolOptions,
  deps: { readonly clock: Clock; readonly random: Random; readonly log: Log },
): ConnectionPool {
  const { identity } = options;
  const turns = createTurns(options.size, options.timeoutMs);
  const reconnect = createReconnectDelay(deps.clock, deps.random);
  const idle: Client[] = [];
  let closed = false;

  function isUsable(client: Client): boolean {
    return identity === undefined || client.isBound;
  }

  async function open(): Promise<Client> {
    reconnect.check();
    const client = createClient(options);
    if (!identity) return client;
    try {
      await client.bind(identity.dn, identity.password);
    } catch (error) {
      discard(client);
      reconnect.failed(error);
      const event =
        resultCodeOf(error) === resultCode.invalidCredentials
          ? 'directory.identity-refused'
          : 'directory.unreachable';
      deps.log.warn(event, { error });
      throw directoryFailure(error);
    }
    reconnect.succeeded();
    return client;
  }

  async function borrow(fresh: boolean): Promise<Client> {
    if (closed) throw new HufuError('directory-unavailable', { facts: { reason: 'closed' } });
    for (let client = idle.pop(); client; client = idle.pop()) {
      if (!fresh && isUsable(client)) return client;
      discard(client);
    }
    return open();
  }

  async function attempt<T>(task: (client: Client) => Promise<T>, fresh: boolean): Promise<T> {
    const client = await borrow(fresh);
    try {
      const result = await task(client);
      giveBack(client);
      return result;
    } catch (error) {
      if (resultCodeOf(error) === undefined) discard(client);
      else giveBack(client);
      throw error;
    }
  }

  function giveBack(client: Client): void {
    if (closed) discard(client);
    else idle.push(client);
  }

  return {
    async run(task, { repeatable = false } = {}) {
      const done = await turns.take();
      try {
        return await attempt(task, false).catch((error: unknown) => {
          if (!repeatable || !isDeadConnection(error)) throw error;
          return attempt(task, true);
        });
      } catch (error) {
        throw resultCodeOf(error) === undefined ? directoryFailure(error) : error;
      } finally {
        done();
      }
    },
    async close() {
      closed = true;
      await Promise.all(idle.splice(0).map(unbind));
    },
  };
}

function createClient({ connect, timeoutMs, connectTimeoutMs }: ConnectionPoolOptions): Client {
  const limits = { timeout: timeoutMs, connectTimeout: connectTimeoutMs };
  if ('url' in connect) return new Client({ url: connect.url, ...limits });
  const { socketPath } = connect;
  // ldapts knows no ldapi: URLs; the URL is there for form, the connection is the socket's.
  return new Client({
    url: 'ldap://localhost',
    createConnection: () => connectSocket(socketPath),
    ...limits,
  });
}

/** A connection that broke, as against one that is slow: trying a slow directory again would only double the wait. */
function isDeadConnection(error: unknown): boolean {
  return !(error instanceof HufuError) && resultCodeOf(error) === undefined && !isTimeout(error);
}

function discard(client: Client): void {
  void unbind(client);
}

async function unbind(client: Client): Promise<void> {
  try {
    await client.unbind();
  } catch {
    // It is gone already, which is what was wanted.
  }
}
