/** An embedded directory in the process of the test, for what only its options or its clock can show. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectoryOptions,
} from '#adapters/embedded-directory/embedded-directory.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock } from '#test/support/set-clock.ts';

export const baseDn = 'dc=hufu,dc=test';
export const managerDn = `cn=manager,${baseDn}`;
export const managerPassword = 'manager-of-a-test';

export interface InProcess {
  readonly socketPath: string;
  /** Loopback port, when `listen` asked for one. */
  readonly port: number;
  readonly log: ReturnType<typeof createKeptLog>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startInProcess(options: Partial<EmbeddedDirectoryOptions> = {}): Promise<InProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-ldap-'));
  const socketPath = path.join(folder, 'ldapi');
  const log = createKeptLog();
  const schemaFile = path.resolve(import.meta.dirname, '../../../config/ldap/hufu.schema.ldif');
  const start = () =>
    startEmbeddedDirectory({
      file: path.join(folder, 'directory.sqlite'),
      baseDn,
      schema: readFileSync(schemaFile, 'utf8'),
      uniqueAttributes: ['hufuNationalIdKey', 'hufuCertificateKey'],
      listen: { socketPath },
      log,
      clock: createSetClock(),
      ...options,
      identities: [
        { dn: managerDn, password: managerPassword, access: 'manage' },
        ...(options.identities ?? []),
      ],
    });
  let directory = await start();
  const { address } = directory;
  return {
    socketPath,
    port: 'port' in address ? address.port : 0,
    log,
    async restart() {
      await directory.close();
      directory = await start();
    },
    async close() {
      await directory.close();
      rmSync(folder, { recursive: true });
    },
  };
}
