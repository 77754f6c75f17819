import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigFiles, minimal, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const load = (...layers: string[]) =>
  files.load(layers.map((text, index) => files.write(`${index}.yaml`, text)));

const client = (id: string, port: number) => `
  - client_id: ${id}
    name: ${id}
    systems: [csm]
    token_endpoint_auth_method: none
    redirect_uris: ['http://localhost:${port}/cb']`;

test('maps merge deep', () => {
  const { login } = load(`${minimal}login: { lock: { failures: 3 } }`, 'login: { lock: { minutes: 60 } }');
  expect(login.lock).toEqual({ failures: 3, minutes: 60 });
});

test('clients merge by their id, and new ones come after', () => {
  const { clients } = load(
    `${minimal}clients:${client('a', 1)}${client('b', 2)}`,
    `clients:${client('c', 3)}\n  - { client_id: a, nameEn: A }`,
  );
  expect(clients.map(({ client_id }) => client_id)).toEqual(['a', 'b', 'c']);
  expect(clients[0]).toMatchObject({ nameEn: 'A', redirect_uris: ['http://localhost:1/cb'] });
});

test('other lists are replaced, inside a merged client too', () => {
  const config = load(
    `${minimal}proxies: [10.0.0.1, 10.0.0.2]\nclients:${client('a', 1)}`,
    "proxies: [10.0.0.3]\nclients: [{ client_id: a, redirect_uris: ['http://127.0.0.1:9/cb'] }]",
  );
  expect(config.proxies).toEqual(['10.0.0.3']);
  expect(config.clients[0]?.redirect_uris).toEqual(['http://127.0.0.1:9/cb']);
});

test('an empty list takes all away', () => {
  expect(load(`${minimal}clients:${client('a', 1)}`, 'clients: []').clients).toEqual([]);
});

test('an empty value brings the default back', () => {
  expect(load(`${minimal}session: { idleMinutes: 5 }`, 'session:').session.idleMinutes).toBe(240);
});

test('another kind replaces the whole', () => {
  const { mail } = load(
    minimal,
    'mail: { kind: smtp, host: localhost, security: plain, from: a@hufu.example }',
  );
  expect(mail).toEqual({
    kind: 'smtp',
    host: 'localhost',
    security: 'plain',
    from: 'a@hufu.example',
    port: 587,
  });
});

test('the whole is judged once: a layer alone need not be complete', () => {
  expect(load('listen: { port: 1 }', minimal).listen.port).toBe(1);
});

test('one client twice in one file is a fault', () => {
  const file = files.write('twice.yaml', `${minimal}clients:${client('a', 1)}${client('a', 2)}`);
  expect(files.faults([file])).toMatchObject([
    { path: 'clients[a].client_id', found: 'one used before', line: 9 },
  ]);
});
