/**
 * Connections to the directory, each lent to one operation at a time; one that fails is thrown away. An operation: a
 * turn → the server to ask → a connection to it → the task; where that server does not answer, the next one, all within
 * one time limit. A write is repeated only where it is certain that it was not done.
 */
import type { Client } from 'ldapts';
import { HufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { directoryFailure, isElsewhere, resultCode, resultCodeOf } from './directory-failure.ts';
import { openConnection, type Connection, type Identity } from './open-connection.ts';
import type { DirectoryServer, ServerChoice } from './server-choice.ts';
import { startTimeLimit, TimeLimitError, within, type TimeLimit } from './time-limit.ts';
import { createTurns } from './turns.ts';

export interface ConnectionPoolOptions {
  /** Who every connection is bound as; without it the connections are for binds themselves. */
  readonly identity?: Identity;
  readonly size: number;
  /** Milliseconds that an operation may take in all: waiting, connecting, asking another server. */
  readonly timeoutMs: number;
}

export type Task<T> = (client: Client) => Promise<T>;

export interface ConnectionPool {
  /**
   * Lends a connection to `task`. Result codes of the directory are thrown as they came; everything else as
   * `directory-unavailable`. A `repeatable` task is run again when a connection turns out to be dead or a server slow.
   */
  run<T>(task: Task<T>, options?: { readonly repeatable?: boolean }): Promise<T>;
  /** Resolves when `server` answers. */
  probe(server: DirectoryServer): Promise<void>;
  close(): Promise<void>;
}

export function createConnectionPool(
  options: ConnectionPoolOptions,
  deps: { readonly choice: ServerChoice; readonly log: Log },
): ConnectionPool {
  const { identity, timeoutMs } = options;
  const { choice, log } = deps;
  const turns = createTurns(options.size, timeoutMs);
  let idle: Connection[] = [];
  let closed = false;

  async function open(server: DirectoryServer, milliseconds: number): Promise<Connection> {
    try {
      const connection = await openConnection(server, identity, milliseconds);
      // Without a bind nothing has been heard of the server yet: a hung one still takes connections.
      if (identity) choice.succeeded(server);
      return connection;
    } catch (error) {
      choice.failed(server, error);
      log.warn(eventOf(error), { server: server.place, error });
      throw directoryFailure(error);
    }
  }

  async function borrow(server: DirectoryServer, fresh: boolean, milliseconds: number): Promise<Connection> {
    // Those to another server are of no use any more: it is down, or a better one is back.
    const usable = fresh ? [] : idle.filter((each) => each.server === server && isUsable(each));
    for (const connection of idle) if (!usable.includes(connection)) void connection.unbind();
    idle = usable;
    return idle.pop() ?? open(server, milliseconds);
  }

  function isUsable({ client, isOpen }: Connection): boolean {
    return isOpen() && (identity === undefined || client.isBound);
  }

  function giveBack(connection: Connection): void {
    if (closed) void connection.unbind();
    else idle.push(connection);
  }

  /** Runs `task` on one server. */
  async function runOn<T>(
    server: DirectoryServer,
    task: Task<T>,
    fresh: boolean,
    limits: Limits,
  ): Promise<T> {
    const connection = await borrow(server, fresh, limits.connecting);
    try {
      const result = await within(task(connection.client), limits.answering(), connection.cut);
      giveBack(connection);
      choice.succeeded(server);
      return result;
    } catch (cause) {
      if (resultCodeOf(cause) === undefined) connection.cut();
      else giveBack(connection);
      throw new TaskFailure(cause);
    }
  }

  async function runAnywhere<T>(task: Task<T>, repeatable: boolean, limit: TimeLimit): Promise<T> {
    const asked = new Set<DirectoryServer>();
    let fresh = false;
    let last: unknown;
    for (;;) {
      if (closed) throw new HufuError('directory-unavailable', { facts: { reason: 'closed' } });
      const others = choice.count(asked) - 1;
      if (others < 0 && last !== undefined) throw last;
      const server = choice.choose(asked);
      const share = limit.left() / (others + 1);
      // A write that has been sent cannot be sent elsewhere: it may have all the time.
      const answering = () => (repeatable && others > 0 ? Math.min(share, limit.left()) : limit.left());
      try {
        return await runOn(server, task, fresh, { connecting: share, answering });
      } catch (error) {
        const cause = error instanceof TaskFailure ? error.cause : error;
        last = cause;
        const next = error instanceof TaskFailure ? whatNext(cause, repeatable, fresh, others) : 'elsewhere';
        if (others > 0 && cannotServe(cause)) choice.failed(server, cause);
        if (next === 'give-up') throw cause;
        fresh = true;
        if (next === 'elsewhere') asked.add(server);
      }
    }
  }

  return {
    async run(task, { repeatable = false } = {}) {
      const limit = startTimeLimit(timeoutMs);
      const done = await turns.take();
      try {
        return await runAnywhere(task, repeatable, limit);
      } catch (error) {
        throw resultCodeOf(error) === undefined ? directoryFailure(error) : error;
      } finally {
        done();
      }
    },
    async probe(server) {
      if (!closed) giveBack(await open(server, timeoutMs));
    },
    async close() {
      closed = true;
      await Promise.all(idle.splice(0).map((connection) => connection.unbind()));
    },
  };
}

interface Limits {
  /** Milliseconds. */
  readonly connecting: number;
  readonly answering: () => number;
}

/** A task failed on a connection that was there, as against a server that could not be reached. */
class TaskFailure extends Error {
  constructor(cause: unknown) {
    super('the operation failed', { cause });
    this.name = 'TaskFailure';
  }
}

function whatNext(cause: unknown, repeatable: boolean, fresh: boolean, others: number) {
  const code = resultCodeOf(cause);
  // The server says that it has not done it, so a write may go to another as well.
  if (code !== undefined) return isElsewhere(code) && others > 0 ? 'elsewhere' : 'give-up';
  if (!repeatable) return 'give-up';
  // Asking a slow server again would only make it slower.
  if (cause instanceof TimeLimitError) return others > 0 ? 'elsewhere' : 'give-up';
  return fresh ? 'elsewhere' : 'same-server';
}

/** Whether others should be asked instead from now on; a connection that broke says nothing of the server. */
function cannotServe(cause: unknown): boolean {
  const code = resultCodeOf(cause);
  return code === undefined ? cause instanceof TimeLimitError : isElsewhere(code);
}

function eventOf(error: unknown): string {
  if (resultCodeOf(error) === resultCode.invalidCredentials) return 'directory.identity-refused';
  const isTls = error instanceof HufuError && error.facts['reason'] !== undefined;
  return isTls ? 'directory.tls-refused' : 'directory.unreachable';
}
