import { readFile } from 'node:fs/promises';
import { createLdapDirectory, type LdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { DirectoryAddress } from '#adapters/directory/open-socket.ts';
import { hashPassword } from '#authentication/password-hash.ts';
import type { Config, DirectoryConfig } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { Sealing } from '#domain/sealing.ts';
import type { Keys } from './load-keys.ts';
import { startDirectoryServers } from './start-directory-servers.ts';

interface Dependencies {
  readonly keys: Keys;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Opens the configured directory; the embedded one is served on a socket in the data folder and reached by LDAP. */
export async function openDirectory(config: Config, deps: Dependencies): Promise<LdapDirectory> {
  const { directory } = config;
  const decoyHash = await hashPassword(deps.random.token(24), deps.random);
  const common = {
    baseDn: directory.baseDn,
    catalogueMaxAgeSeconds: directory.catalogueMaxAgeSeconds,
    decoyHash,
  };
  if (directory.kind === 'ldap') {
    const { bindDn, bindPassword, poolSize, timeoutMs, mapping } = directory;
    const options = { ...common, bindDn, bindPassword, poolSize, timeoutMs, mapping };
    return createLdapDirectory({ ...options, servers: await directoryServers(directory) }, deps);
  }
  const bindDn = `cn=hufu,${directory.baseDn}`;
  const bindPassword = deps.keys.secretFor('embedded directory').toString('base64url');
  const servers = await startDirectoryServers(config, directory, { bindDn, bindPassword }, deps);
  const options = { ...common, bindDn, bindPassword, poolSize: 4, timeoutMs: 5000 };
  const client = createLdapDirectory({ ...options, servers: [{ socketPath: servers.socketPath }] }, deps);
  return {
    ...client,
    async close() {
      await client.close();
      await servers.close();
    },
  };
}

/** The configured servers in order. Throws system errors when the CA file cannot be read. */
export async function directoryServers(
  directory: Extract<DirectoryConfig, { kind: 'ldap' }>,
): Promise<Extract<DirectoryAddress, { url: string }>[]> {
  const { startTls, caFile } = directory;
  const urls = directory.urls ?? (directory.url === undefined ? [] : [directory.url]);
  const ca = caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') };
  return urls.map((url) => ({ url, startTls, ...ca }));
}
