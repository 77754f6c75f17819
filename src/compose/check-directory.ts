import type { Finding } from '#adapters/directory/finding.ts';
import { createLdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { DirectoryConfig } from '#config/config.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { directoryServers } from './open-directory.ts';
import type { Machine } from './services.ts';

export type { Finding };

export interface ServerReport {
  readonly url: string;
  readonly findings: readonly Finding[];
}

/** Asks each configured server by itself. Throws `directory-unavailable` for one that does not answer. */
export async function* checkDirectoryServers(
  config: Extract<DirectoryConfig, { kind: 'ldap' }>,
  machine: Machine,
): AsyncGenerator<ServerReport> {
  const { baseDn, bindDn, bindPassword, timeoutMs, mapping } = config;
  const options = {
    baseDn,
    bindDn,
    bindPassword,
    timeoutMs,
    mapping,
    poolSize: 1,
    catalogueMaxAgeSeconds: 0,
  };
  // What is sealed here is removed again: no key of the installation is needed for it.
  const sealing = createKeyRing([{ id: 'check', secret: machine.random.bytes(32) }], machine.random);
  for (const server of await directoryServers(config)) {
    const directory = createLdapDirectory({ ...options, servers: [server] }, { ...machine, sealing });
    try {
      yield { url: server.url, findings: await directory.inspect() };
    } finally {
      await directory.close();
    }
  }
}
