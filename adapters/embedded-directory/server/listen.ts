import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import path from 'node:path';
import type { TlsOptions } from './secure-stream.ts';

export type ListenAt =
  | { readonly socketPath: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsOptions;
      /** Who may bind here. Default: the identities alone, for people's passwords would be guessed at past Hufu's counters. */
      readonly binds?: Binders;
    };

export type Binders = 'identities' | 'everyone';

/** Where clients connect: a path for ldapi, or host and the port in use. */
export type ListenAddress =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number };

/** Listens; the folder of a socket is made private, the socket too, one left behind by a dead process removed. */
export async function listen(server: Server, at: ListenAt): Promise<ListenAddress> {
  if (!('socketPath' in at)) {
    await started(server, () => server.listen({ host: at.host, port: at.port }));
    const address = server.address();
    return { host: at.host, port: typeof address === 'object' && address !== null ? address.port : at.port };
  }
  const { socketPath } = at;
  mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  if (await answers(socketPath)) throw new Error('embedded directory: another process listens on the socket');
  rmSync(socketPath, { force: true });
  await started(server, () => server.listen({ path: socketPath }));
  chmodSync(socketPath, 0o600);
  return { socketPath };
}

function started(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    start();
  });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path: socketPath });
    const settle = (alive: boolean) => {
      probe.destroy();
      resolve(alive);
    };
    probe.once('connect', () => settle(true));
    probe.once('error', () => settle(false));
  });
}
