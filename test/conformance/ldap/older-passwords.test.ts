/** Password hashes made by slapd's own modules, and what slapd says of ours. */
import { createHash, pbkdf2Sync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { attempt, createClient } from './attempt.ts';
import { startEmbeddedServer } from './embedded-server.ts';

const salt = Buffer.from('sixteen bytes of');
const ab64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '').replaceAll('+', '.');
const pbkdf2 = (scheme: string, algorithm: string, length: number) =>
  `{${scheme}}1000$${ab64(salt)}$${ab64(pbkdf2Sync('right', salt, 1000, length, algorithm))}`;
const salted = (scheme: string, algorithm: string) =>
  `{${scheme}}${Buffer.concat([createHash(algorithm).update('right').update(salt).digest(), salt]).toString('base64')}`;

const hashes = [
  salted('SSHA256', 'sha256'),
  salted('SSHA384', 'sha384'),
  salted('SSHA512', 'sha512'),
  pbkdf2('PBKDF2', 'sha1', 20),
  pbkdf2('PBKDF2-SHA256', 'sha256', 32),
  pbkdf2('PBKDF2-SHA512', 'sha512', 64),
];
const modules = ['pw-pbkdf2', 'pw-sha2'];
const modulesThere = modules.every((name) => existsSync(`/usr/lib/ldap/${name}.so`));

interface Server {
  readonly socketPath: string;
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  close(): Promise<void>;
}

function describeHashes(start: () => Promise<Server>): void {
  let server: Server;
  beforeAll(async () => {
    server = await start();
    const client = createClient(server.socketPath);
    await client.bind(server.serviceDn, server.servicePassword);
    for (const [index, userPassword] of hashes.entries()) {
      const cn = `p${index}`;
      await client.add(`cn=${cn},${server.baseDn}`, { objectClass: 'person', cn, sn: cn, userPassword });
    }
    await client.unbind();
  }, 30_000);
  afterAll(() => server?.close());

  test.each(hashes.map((hash, index) => ({ scheme: hash.replace(/}.*/, '}'), index })))(
    '$scheme: the right password binds, a wrong one does not',
    async ({ index }) => {
      const client = createClient(server.socketPath);
      const bind = (password: string) =>
        attempt(() => client.bind(`cn=p${index},${server.baseDn}`, password));
      expect(await bind('right')).toEqual({ code: 0 });
      expect(await bind('wrong')).toEqual({ code: 49 });
      await client.unbind();
    },
  );
}

describe('older password hashes on the embedded directory', () => describeHashes(startEmbeddedServer));

describe.skipIf(!slapdAvailable() || !modulesThere)('older password hashes on slapd', () =>
  describeHashes(() =>
    startSlapd({
      rewrite: (ldif) =>
        ldif.replace(
          'olcModuleLoad: unique',
          ['unique', ...modules].map((name) => `olcModuleLoad: ${name}`).join('\n'),
        ),
    }),
  ),
);
