import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { judgeClient, readClient } from '#config/judge-client.ts';
import { loadConfig } from '#config/load.ts';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const good = {
  client_id: 'new',
  name: '新系統',
  systems: ['csm'],
  redirect_uris: ['https://new.example.org/cb'],
};

function judge(changes: object, systems = ['csm', 'fms']) {
  const client = {
    client_id: 'csm',
    name: '公司登記',
    systems: ['csm'],
    redirect_uris: ['https://csm.example.org/cb'],
    client_secret: { env: 'SECRET' },
  };
  const file = files.write('hufu.yaml', `${production}clients: [${JSON.stringify(client)}]`);
  const config = loadConfig({ files: [file], environment: { SECRET: 'a'.repeat(32) }, cwd: files.folder });
  return judgeClient(config, { ...good, ...changes }, systems);
}

const faultyKeys = (changes: object) => {
  const verdict = judge(changes);
  return verdict.ok ? [] : verdict.faults.map(({ key }) => key);
};

test('a good registration gets its defaults and no secret, and is read back the same', () => {
  const verdict = judge({});
  expect(verdict).toMatchObject({ ok: true, client: { ...good, firstParty: false, subject_type: 'public' } });
  if (!verdict.ok) throw new Error('refused');
  expect(verdict.client).not.toHaveProperty('client_secret');
  expect(readClient(JSON.parse(JSON.stringify(verdict.client)) as Record<string, unknown>)).toEqual(
    verdict.client,
  );
});

describe('is refused by the same rules as configured ones', () => {
  test.each<[string, object, string[]]>([
    ['the id of a configured one', { client_id: 'csm' }, ['client_id']],
    ['an id with a space', { client_id: 'a b' }, ['client_id']],
    ['no name', { name: ' ' }, ['name']],
    ['an unknown system', { systems: ['csm', 'none'] }, ['systems']],
    ['no system', { systems: [] }, ['systems']],
    ['plain http', { redirect_uris: ['http://new.example.org/cb'] }, ['redirect_uris']],
    [
      'a plain log-out address',
      { backchannel_logout_uri: 'http://new.example.org/out' },
      ['backchannel_logout_uri'],
    ],
    ['no keys for private_key_jwt', { token_endpoint_auth_method: 'private_key_jwt' }, ['jwks']],
    ['a private key', { jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, ['jwks']],
    ['a sector without pairwise', { sector: 'example.org' }, ['sector']],
    ['scopes without openid', { scopes: ['profile'] }, ['scopes']],
    [
      'certificates where none arrive',
      { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks_uri: 'https://new.example.org/jwks' },
      ['token_endpoint_auth_method'],
    ],
    ['a field that is none', { office: 'x' }, ['']],
  ])('%s', (_, changes, keys) => {
    expect(faultyKeys(changes)).toEqual(keys);
  });
});
