/** A connection to one server, bound as Hufu's identity where there is one. */
import type { Socket } from 'node:net';
import { Client } from 'ldapts';
import type { DirectoryServer } from './server-choice.ts';
import { openSocket } from './open-socket.ts';
import { startTimeLimit, within } from './time-limit.ts';

export interface Identity {
  readonly dn: string;
  readonly password: string;
}

export interface Connection {
  readonly client: Client;
  readonly server: DirectoryServer;
  isOpen(): boolean;
  /** Ends it at once, whatever is under way. */
  cut(): void;
  /** Says good-bye first. */
  unbind(): Promise<void>;
}

/** Milliseconds for a good-bye. */
const patience = 500;

/** Throws what openSocket throws, and the result code of a bind that is refused. */
export async function openConnection(
  server: DirectoryServer,
  identity: Identity | undefined,
  milliseconds: number,
): Promise<Connection> {
  const limit = startTimeLimit(milliseconds);
  const socket = await openSocket(server.address, milliseconds);
  const connection = connectionOn(socket, server);
  if (!identity) return connection;
  try {
    await within(connection.client.bind(identity.dn, identity.password), limit.left(), connection.cut);
    return connection;
  } catch (error) {
    connection.cut();
    throw error;
  }
}

function connectionOn(socket: Socket, server: DirectoryServer): Connection {
  const client = clientOn(socket);
  const cut = () => void socket.on('error', () => {}).destroy();
  return {
    client,
    server,
    isOpen: () => !socket.destroyed && socket.writable,
    cut,
    async unbind() {
      try {
        await within(client.unbind(), patience, cut);
      } catch {
        // It is gone already, which is what was wanted.
      }
    },
  };
}

/** ldapts on `socket` and no other: it would reconnect by itself, without binding again. */
function clientOn(socket: Socket): Client {
  return new Client({
    // The URL is there for form.
    url: 'ldap://localhost',
    createConnection() {
      if (socket.destroyed || socket.readyState !== 'open') throw new Error('the connection is closed');
      return socket;
    },
  });
}
