import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'ldapts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { startDirectoryServers, type DirectoryServers } from '#src/compose/start-directory-servers.ts';
import { createConfigFiles, minimal } from '#test/support/config-files.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const operatorPassword = 'operator-of-a-test-with-32-letters';
const base = 'dc=hufu,dc=example';
let folder: string;
let servers: DirectoryServers;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-operator-'));
});
afterEach(async () => {
  await servers.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(operator: string): Promise<Client> {
  using files = createConfigFiles();
  const file = files.write('hufu.yaml', `${minimal}directory: { kind: embedded, ${operator} }`);
  const config = loadConfig({ files: [file], environment: { OP: operatorPassword }, cwd: folder });
  if (config.directory.kind !== 'embedded') throw new Error('not embedded');
  const service = { bindDn: `cn=hufu,${base}`, bindPassword: 'service-of-a-test' };
  servers = await startDirectoryServers({ ...config, dataFolder: folder }, config.directory, service, {
    clock: createSetClock(),
    log: createKeptLog(),
  });
  const asService = client();
  await asService.bind(service.bindDn, service.bindPassword);
  await asService.add(`cn=x,${base}`, {
    objectClass: ['organizationalRole', 'simpleSecurityObject'],
    cn: 'x',
    userPassword: 'secret',
  });
  await asService.unbind();
  return client();
}

function client(): Client {
  return new Client({ url: 'ldap://localhost', createConnection: () => connect(servers.socketPath) });
}

async function found(operator: Client) {
  const { searchEntries } = await operator.search(`cn=x,${base}`, { attributes: ['cn', 'userPassword'] });
  return searchEntries[0];
}

test('there is no operator unless one is configured', async () => {
  const operator = await start('');
  await expect(operator.bind(`cn=operator,${base}`, operatorPassword)).rejects.toMatchObject({
    code: 49,
  });
});

test('an operator reads everything but passwords, and writes nothing', async () => {
  const operator = await start('operator: { password: { env: OP } }');
  await operator.bind(`cn=operator,${base}`, operatorPassword);
  expect(await found(operator)).toMatchObject({ cn: 'x', userPassword: [] });
  await expect(operator.del(`cn=x,${base}`)).rejects.toMatchObject({ code: 50 });
  await operator.unbind();
});

test('an operator that manages reads passwords and writes', async () => {
  const operator = await start('operator: { password: { env: OP }, access: manage }');
  await operator.bind(`cn=operator,${base}`, operatorPassword);
  expect((await found(operator))?.['userPassword']).not.toEqual([]);
  await operator.del(`cn=x,${base}`);
  await operator.unbind();
});

test('an identity of its own has the rights it is given, and no others', async () => {
  const rules = `[{ subtree: "cn=x,${base}", access: read, except: [userPassword] }]`;
  const reader = await start(`identities: [{ name: reader, password: { env: OP }, rules: ${rules} }]`);
  await reader.bind(`cn=reader,${base}`, operatorPassword);
  expect(await found(reader)).toMatchObject({ cn: 'x' });
  await expect(reader.search(base, { scope: 'one' })).rejects.toMatchObject({ code: 32 });
  await expect(reader.del(`cn=x,${base}`)).rejects.toMatchObject({ code: 50 });
  await reader.unbind();
});
