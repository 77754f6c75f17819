import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatFault } from '#config/config-error.ts';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const secret = 'canary-canary-canary-canary-canary';
const client = (clientSecret: string, redirect = 'https://csm.example.org/cb') => `${production}clients:
  - client_id: csm
    name: csm
    systems: [csm]
    redirect_uris: ['${redirect}']
    client_secret: ${clientSecret}
`;

function faultsOf(text: string, environment: Record<string, string> = {}) {
  return files.faults([files.write('etc/hufu.yaml', text)], environment);
}

test('come from a file named relative to the file that names it, without its line end', () => {
  files.write('etc/secrets/csm', `${secret}\n`);
  const config = files.load([files.write('etc/hufu.yaml', client('{ file: secrets/csm }'))]);
  expect(config.clients[0]?.client_secret).toBe(secret);
});

test('come from the environment that was handed over', () => {
  const config = files.load([files.write('hufu.yaml', client('{ env: CSM_SECRET }'))], {
    CSM_SECRET: secret,
  });
  expect(config.clients[0]?.client_secret).toBe(secret);
});

test.each([
  ['inline', secret],
  ['inline in a map', `{ value: ${secret} }`],
  ['both ways', `{ file: a, env: ${secret} }`],
  ['a list', `[${secret}]`],
  ['an empty name', "{ env: '' }"],
])('are refused %s and never shown', (_name, written) => {
  const faults = faultsOf(client(written), { [secret]: secret });
  expect(faults).toMatchObject([
    { path: 'clients[csm].client_secret', expected: '{ file: PATH } or { env: NAME }', line: 9 },
  ]);
  expect(faults.map(formatFault).join()).not.toContain('canary');
});

test.each([0o644, 0o640, 0o604, 0o660])('in a file of mode %o are refused', (mode) => {
  const file = files.write('etc/csm', secret);
  chmodSync(file, mode);
  expect(faultsOf(client('{ file: csm }'))).toMatchObject([
    { path: 'clients[csm].client_secret', found: `mode 0${mode.toString(8)}` },
  ]);
});

test('in a file of mode 0400 are taken', () => {
  files.write('etc/csm', secret, 0o400);
  expect(faultsOf(client('{ file: csm }'))).toEqual([]);
});

test.each([
  ['a file that is not there', '{ file: none }', 'none'],
  ['an empty file', '{ file: empty }', 'an empty file'],
  ['a variable that is not set', '{ env: NONE }', 'nothing'],
])('missing: %s', (_name, written, found) => {
  files.write('etc/empty', '\n');
  expect(faultsOf(client(written))).toMatchObject([{ path: 'clients[csm].client_secret', found }]);
});

describe('of clients', () => {
  const short = 'canary-short';

  test('shorter than 32 characters are refused off loopback, without being shown', () => {
    const faults = faultsOf(client('{ env: S }'), { S: short });
    expect(faults).toMatchObject([
      { path: 'clients[csm].client_secret', expected: expect.stringContaining('32') },
    ]);
    expect(faults.map(formatFault).join()).not.toContain(short);
  });

  test('are refused for a client on loopback of a hub that is not', () => {
    expect(faultsOf(client('{ env: S }', 'http://127.0.0.1:5000/cb'), { S: short })).toHaveLength(1);
  });

  test('may be short where all is on loopback', () => {
    const local = client('{ env: S }', 'http://127.0.0.1:5000/cb')
      .replace('https://sso.example.org', 'http://localhost:3000')
      .replace('smtp.example.org', 'localhost');
    expect(faultsOf(local, { S: short })).toEqual([]);
  });
});

describe('that seal', () => {
  const keys = (value: string) => `${production}keys: { sealing: [{ id: k1, secret: ${value} }] }`;

  test('are 32 bytes in base64', () => {
    const bytes = Buffer.alloc(32, 7);
    const file = files.write('hufu.yaml', keys('{ env: KEY }'));
    expect(files.load([file], { KEY: bytes.toString('base64') }).keys.sealing).toEqual([
      { id: 'k1', secret: bytes },
    ]);
  });

  test.each(['canary', Buffer.alloc(31).toString('base64'), 'c'.repeat(64)])(
    'and nothing else: %s',
    (key) => {
      const faults = faultsOf(keys('{ env: KEY }'), { KEY: key });
      expect(faults).toMatchObject([
        { path: 'keys.sealing[k1].secret', found: 'something else (not shown)' },
      ]);
      expect(path.basename(faults[0]?.file ?? '')).toBe('hufu.yaml');
    },
  );

  test('that are missing are one fault, not two', () => {
    expect(faultsOf(keys('{ env: KEY }'))).toHaveLength(1);
  });
});

test('a password within an address is not shown', () => {
  const faults = faultsOf(
    `${production}directory:
  kind: ldap
  url: ldaps://hufu:canary@ldap.example.org
  baseDn: dc=example
  bindDn: cn=hufu
  bindPassword: { env: PW }`,
    { PW: secret },
  );
  expect(faults).toMatchObject([{ path: 'directory.url', found: '"ldaps://…@ldap.example.org"' }]);
});
