import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createConfigFiles, minimal, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const faultsOf = (text: string, environment?: Record<string, string>) =>
  files.faults([files.write('hufu.yaml', text)], environment);
const load = (...texts: string[]) =>
  files.load(texts.map((text, index) => files.write(`layer-${index}.yaml`, text)));
const paths = (text: string) => faultsOf(text).map((fault) => fault.path);

describe('a small configuration', () => {
  test('is filled in with the defaults', () => {
    const config = load(minimal);
    expect(config).toMatchObject({
      issuer: 'http://localhost:3000',
      listen: { host: '127.0.0.1', port: 3000 },
      hosts: ['localhost:3000'],
      dataFolder: path.join(files.folder, 'data'),
      directory: { kind: 'embedded', baseDn: 'dc=hufu,dc=example' },
      login: {
        firstLogin: { asksMailedCode: true, openingPasswordPrefix: 'MmDd' },
        mailedCode: { digits: 8, tries: 5 },
        lock: { failures: 5, minutes: 15 },
        graceHours: 72,
      },
      session: { idleMinutes: 240, absoluteHours: 12 },
      tokens: { jwtAccessTokenMinutes: 5 },
      assurance: { acr: { level1: 'urn:hufu:loa:1', level2: 'urn:hufu:loa:2', level3: 'urn:hufu:loa:3' } },
      rulesOfUse: { version: '2026-1' },
    });
    expect(config.rulesOfUse.zh).toContain('個人資料保護法');
    expect(config.rulesOfUse.en).toContain('Personal Data Protection Act');
    expect(config.catalogue.systems.length).toBeGreaterThan(0);
  });

  test('answers the issuer and the further hosts', () => {
    expect(load(`${production}hosts: [sso.internal.example.org, sso.example.org]`).hosts).toEqual([
      'sso.example.org',
      'sso.internal.example.org',
    ]);
  });

  test('resolves paths against the file that names them', () => {
    const lower = files.write('base/hufu.yaml', minimal);
    const upper = files.write(
      'site/here/local.yaml',
      'dataFolder: ../data\nlog: { file: /var/log/hufu.log }',
    );
    const config = files.load([lower, upper]);
    expect(config.mail).toMatchObject({ folder: path.join(files.folder, 'base/mail') });
    expect(config.dataFolder).toBe(path.join(files.folder, 'site/data'));
    expect(config.log.file).toBe('/var/log/hufu.log');
  });
});

describe('faults', () => {
  test('an unknown key names the one that was probably meant, with its place', () => {
    const faults = faultsOf(`${minimal}session:\n  idleMinuets: 5\n`);
    expect(faults).toEqual([
      {
        path: 'session.idleMinuets',
        file: path.join(files.folder, 'hufu.yaml'),
        line: 4,
        expected: 'a known key (did you mean idleMinutes?)',
        found: 'an unknown key',
      },
    ]);
  });

  test('an unknown key that is near to nothing lists the known ones', () => {
    expect(faultsOf(`${minimal}session: { zzz: 1 }`)[0]?.expected).toBe('one of idleMinutes, absoluteHours');
  });

  test('all are reported together, whatever step finds them', () => {
    const faults = faultsOf(`issuer: http://sso.example.org
listen: { port: '80' }
mail: { kind: folder, folder: x, from: 'A <a@example.org>' }
login: { lock: { failures: 50 }, graceHours: soon }
tokens: { jwtAccessTokenMinutes: 60 }
clients:
  - client_id: csm
    name: csm
    systems: [cms]
    redirect_uris: [http://csm.example.org/cb]
    nonsense: 1
log: { level: loud }
extra: true
`);
    expect(faults.map((fault) => fault.path).sort()).toEqual([
      'clients[csm].client_secret',
      'clients[csm].nonsense',
      'clients[csm].redirect_uris[0]',
      'clients[csm].systems[0]',
      'extra',
      'issuer',
      'listen.port',
      'log.level',
      'login.graceHours',
      'login.lock.failures',
      'mail.from',
      'mail.kind',
      'tokens.jwtAccessTokenMinutes',
    ]);
    expect(faults.find((fault) => fault.path === 'listen.port')).toMatchObject({
      line: 2,
      expected: 'a number',
      found: '"80"',
    });
  });

  test('numbers say which are allowed', () => {
    expect(faultsOf(`${minimal}tokens: { jwtAccessTokenMinutes: 6 }`)).toMatchObject([
      { expected: 'a whole number from 1 to 5', found: '6' },
    ]);
    expect(faultsOf(`${minimal}session: { idleMinutes: 1.5 }`)).toMatchObject([{ found: '1.5' }]);
  });

  test('required values that are missing', () => {
    const faults = faultsOf('listen: { port: 1 }');
    expect(faults.map(({ path: at, found }) => [at, found])).toEqual([
      ['issuer', 'nothing'],
      ['mail', 'nothing'],
    ]);
  });

  test('a kind that does not exist names those that do', () => {
    expect(faultsOf(`${minimal}directory: { kind: active-directory }`)).toMatchObject([
      { path: 'directory.kind', expected: 'one of embedded, ldap', found: '"active-directory"' },
    ]);
  });

  test('keys of another kind are unknown', () => {
    expect(paths(`${minimal}directory: { kind: embedded, url: 'ldaps://x' }`)).toEqual(['directory.url']);
  });

  test.each([
    ['a key twice', 'issuer: http://localhost:1\nissuer: http://localhost:2\n', 2],
    ['text that is no YAML', 'issuer: [', 1],
    ['an alias', 'issuer: &a http://localhost:1\nlanguage: { default: *a }\n', 2],
    ['a list', '- issuer', 1],
  ])('%s is told with its line', (_name, text, line) => {
    expect(faultsOf(text)[0]).toMatchObject({ file: path.join(files.folder, 'hufu.yaml'), line });
  });

  test('a missing file, and none at all', () => {
    expect(files.faults(['none.yaml'])).toMatchObject([{ found: 'no such file' }]);
    expect(files.faults([])).toMatchObject([{ expected: 'at least one configuration file' }]);
  });

  test('a fault of the YAML does not hide those of another file', () => {
    const lower = files.write('lower.yaml', `${minimal}extra: 1`);
    const upper = files.write('upper.yaml', 'a: 1\na: 2');
    expect(files.faults([lower, upper]).map((fault) => fault.file)).toEqual([upper, lower]);
  });

  test.each([
    ['session: { idleMinutes: 300, absoluteHours: 4 }', 'session.idleMinutes'],
    ['password: { minAgeDays: 10, maxAgeDays: 10 }', 'password.minAgeDays'],
    ['rulesOfUse: { zh: own.md }', 'rulesOfUse.version'],
    ['rulesOfUse: { zh: none.md, version: a }', 'rulesOfUse.zh'],
    ['proxies: [10.0.0.0/33]', 'proxies[0]'],
    ['proxies: [0.0.0.0/0]', 'proxies[0]'],
    ['proxies: ["::/0"]', 'proxies[0]'],
    ['proxies: ["::ffff:0:0/96"]', 'proxies[0]'],
    ['proxies: [proxy.example.org]', 'proxies[0]'],
    ['hosts: ["http://a"]', 'hosts[0]'],
    ['catalogue: { file: none.yaml }', ''],
    ['__proto__: { a: 1 }', '__proto__'],
    ['login: { mailedCode: { digits: 4 } }', 'login.mailedCode.digits'],
    ['directory: { kind: embedded, baseDn: hufu }', 'directory.baseDn'],
    ['directory: { kind: embedded, listen: { port: 389, host: 0.0.0.0 } }', 'directory.listen.host'],
  ])('%s', (text, at) => {
    expect(paths(`${minimal}${text}`)).toEqual([at]);
  });

  test('an empty value is as good as none', () => {
    expect(load(`${minimal}session:\nbrand:\n  helpDesk:\n`).session.idleMinutes).toBe(240);
  });
});
