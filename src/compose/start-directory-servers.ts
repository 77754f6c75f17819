import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedDirectory } from '#adapters/embedded-directory/embedded-directory.ts';
import { createPasswordVerifier } from '#adapters/embedded-directory/operations/verify-password.ts';
import type { Config, DirectoryConfig } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';

type Embedded = Extract<DirectoryConfig, { kind: 'embedded' }>;

interface Identity {
  readonly bindDn: string;
  readonly bindPassword: string;
}

export interface DirectoryServers {
  readonly socketPath: string;
  close(): Promise<void>;
}

/** Throws system errors when the certificate or its key cannot be read. */
async function readListen({ tls, ...at }: NonNullable<Embedded['listen']>) {
  if (!tls) return at;
  const [certificate, key] = await Promise.all([
    readFile(tls.certificate, 'utf8'),
    readFile(tls.key, 'utf8'),
  ]);
  return { ...at, tls: { certificate, key, begin: tls.begin } };
}

/**
 * Serves the embedded directory on a socket of this process, since several processes may share the data folder, and
 * on the configured TCP address for tools.
 */
export async function startDirectoryServers(
  config: Config,
  { baseDn, listen, operator, identities }: Embedded,
  { bindDn, bindPassword }: Identity,
  deps: { readonly clock: Clock; readonly log: Log },
): Promise<DirectoryServers> {
  const folder = path.join(config.dataFolder, 'run');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const socketPath = path.join(folder, `directory-${process.pid}.sock`);
  const common = {
    ...deps,
    file: path.join(config.dataFolder, 'directory.sqlite'),
    baseDn,
    schema: await readFile(new URL('../../config/ldap/hufu.schema.ldif', import.meta.url), 'utf8'),
    identities: [
      { dn: bindDn, password: bindPassword, access: 'write' as const },
      ...(operator ? [{ dn: `cn=operator,${baseDn}`, ...operator }] : []),
      ...identities.map(({ name, ...rest }) => ({ dn: `cn=${name},${baseDn}`, ...rest })),
    ],
    verifier: createPasswordVerifier(),
    uniqueAttributes: ['hufuNationalIdKey', 'hufuCertificateKey'],
  };
  const servers = [await startEmbeddedDirectory({ ...common, listen: { socketPath } })];
  if (listen) servers.push(await startEmbeddedDirectory({ ...common, listen: await readListen(listen) }));
  return {
    socketPath,
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
