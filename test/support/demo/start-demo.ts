/**
 * The demo as a newcomer starts it (`npm start -- --config FILE`), on free ports, in a process and a data folder of
 * its own.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { hubLogFile } from '../hub/canaries.ts';
import { clientSecret, freePort } from '../hub/hub-world.ts';
import { openMailbox, type Mailbox } from '../hub/mailbox.ts';

export interface Demo {
  /** Address of the hub. */
  readonly origin: string;
  /** Address of each business system. */
  readonly systems: Readonly<Record<'csm' | 'fms' | 'pre' | 'psr', string>>;
  /** Address of the card component. */
  readonly card: string;
  readonly mailbox: Mailbox;
  /** What it printed. */
  readonly printed: string;
  stop(): Promise<void>;
}

interface DemoOptions {
  /** Relying parties to register beside the demo's own; their secret is in CLIENT_SECRET. */
  readonly clients?: readonly object[];
}

export async function startDemo({ clients = [] }: DemoOptions = {}): Promise<Demo> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-demo-'));
  const hub = await freePort();
  const ports = {
    csm: await freePort(),
    fms: await freePort(),
    pre: await freePort(),
    psr: await freePort(),
  };
  const mailboxPort = await freePort();
  const cardPort = await freePort();
  const pkiPort = await freePort();
  const overlay = path.join(folder, 'overlay.yaml');
  const mailFolder = path.join(folder, 'data/mail');
  writeFileSync(
    overlay,
    stringify({
      issuer: `http://localhost:${hub}`,
      listen: { port: hub },
      dataFolder: path.join(folder, 'data'),
      mail: { folder: mailFolder },
      log: { level: 'debug', file: hubLogFile() },
      clients: [
        ...Object.entries(ports).map(([id, port]) => ({
          client_id: id,
          redirect_uris: [`http://127.0.0.1:${port}/callback`],
          post_logout_redirect_uris: [`http://127.0.0.1:${port}/logged-out`],
        })),
        ...clients,
      ],
    }),
  );
  const places = { config: overlay, mailbox: mailboxPort, card: cardPort, pki: pkiPort };
  const options = Object.entries(places).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const root = path.resolve(import.meta.dirname, '../../..');
  const child = spawn(process.execPath, ['bin/hufu-demo.js', ...options], {
    cwd: root,
    env: { ...process.env, CLIENT_SECRET: clientSecret },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Wen Hsin-lai')) resolve();
    });
    void ended.then(() => reject(new Error(`the demo ended: ${printed}`)));
  });
  return {
    origin: `http://localhost:${hub}`,
    systems: {
      csm: `http://127.0.0.1:${ports.csm}`,
      fms: `http://127.0.0.1:${ports.fms}`,
      pre: `http://127.0.0.1:${ports.pre}`,
      psr: `http://127.0.0.1:${ports.psr}`,
    },
    card: `http://localhost:${cardPort}`,
    mailbox: openMailbox(mailFolder),
    printed,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
      // Certificates name the port; the keys behind them stay for the next demo.
      rmSync(path.join(root, 'demo-data/pki', String(pkiPort)), { recursive: true, force: true });
    },
  };
}
