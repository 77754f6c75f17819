/** The two directory servers, each filled with a crowd: slapd offline by slapadd, the embedded one straight into its file. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createLdapDirectory, type LdapDirectory } from '#adapters/directory/ldap-directory.ts';
import { startEmbeddedDirectory } from '#adapters/embedded-directory/embedded-directory.ts';
import type { Log } from '#domain/log.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { startSlapd } from '#test/support/slapd.ts';
import { baseDn, sealing } from './crowd.ts';

const drop = () => undefined;
export const silent: Log = { debug: drop, info: drop, warn: drop, error: drop };

const run = promisify(execFile);
const program = (name: string) => path.join(import.meta.dirname, name);

export interface FilledServer {
  readonly directory: LdapDirectory;
  close(): Promise<void>;
}

export async function fillSlapd(accounts: number): Promise<FilledServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-crowd-'));
  const entries = path.join(folder, 'crowd.ldif');
  // In a process of its own, so that this one's memory is what searching takes.
  await run(process.execPath, [program('write-crowd.ts'), entries, String(accounts)]);
  const slapd = await startSlapd({ baseDn, entries });
  await rm(folder, { recursive: true });
  const directory = connect(slapd.socketPath, slapd.serviceDn, slapd.servicePassword);
  await directory.prepareTree();
  return {
    directory,
    async close() {
      await directory.close();
      await slapd.close();
    },
  };
}

export async function fillEmbedded(accounts: number): Promise<FilledServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-crowd-'));
  const file = path.join(folder, 'directory.sqlite');
  const socketPath = path.join(folder, 'ldapi');
  const identity = { dn: `cn=hufu,${baseDn}`, password: 'service-of-a-bench', access: 'write' } as const;
  const server = await startEmbeddedDirectory({
    file,
    baseDn,
    schema: await readFile(path.resolve(import.meta.dirname, '../../config/ldap/hufu.schema.ldif'), 'utf8'),
    identities: [identity],
    uniqueAttributes: ['hufuNationalIdKey', 'hufuCertificateKey'],
    listen: { socketPath },
    log: silent,
    clock: systemClock,
  });
  const directory = connect(socketPath, identity.dn, identity.password);
  await directory.prepareTree();
  await run(process.execPath, [program('fill-embedded.ts'), file, String(accounts)]);
  return {
    directory,
    async close() {
      await directory.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

function connect(socketPath: string, bindDn: string, bindPassword: string): LdapDirectory {
  return createLdapDirectory(
    {
      servers: [{ socketPath }],
      baseDn,
      bindDn,
      bindPassword,
      poolSize: 8,
      timeoutMs: 30_000,
      catalogueMaxAgeSeconds: 60,
    },
    { clock: systemClock, random: systemRandom, log: silent, sealing },
  );
}
