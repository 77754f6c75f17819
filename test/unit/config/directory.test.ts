import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const pathsOf = (more: string) =>
  files
    .faults(
      [
        files.write(
          'hufu.yaml',
          `${production}directory: { kind: ldap, baseDn: dc=a, bindDn: cn=a, bindPassword: { env: PW }, ${more} }`,
        ),
      ],
      { PW: 'x' },
    )
    .map((fault) => fault.path);

test.each([
  'url: ldaps://a.example',
  'urls: [ldaps://a.example, ldaps://b.example]',
  'url: ldap://a.example, startTls: true',
  'urls: [ldap://a.example, ldap://b.example], startTls: true, caFile: ca.pem',
  'url: ldap://127.0.0.1:3890',
])('%s reaches a directory', (servers) => {
  expect(pathsOf(servers)).toEqual([]);
});

test.each([
  ['timeoutMs: 5000', 'directory.url'],
  ['url: ldaps://a.example, urls: [ldaps://b.example]', 'directory.url'],
  ['urls: [ldaps://a.example, ldap://b.example]', 'directory.urls.1'],
  ['urls: []', 'directory.urls'],
  ['urls: [ldaps://a.example, ldap://b.example], startTls: true', 'directory.urls.0'],
  ['url: ldaps://a.example, startTls: true', 'directory.url'],
])('%s is refused at %s', (servers, path) => {
  expect(pathsOf(servers)).toEqual([path]);
});

test('a mapping puts no two of our attributes into one of theirs', () => {
  const mapping = (pairs: string) =>
    pathsOf(`url: ldaps://a.example, mapping: { accounts: { attributes: [${pairs}] } }`);
  expect(mapping('{ ours: title, theirs: a }, { ours: mail, theirs: b }')).toEqual([]);
  expect(mapping('{ ours: title, theirs: a }, { ours: mail, theirs: A }')).toEqual([
    'directory.mapping.accounts.attributes.1.theirs',
  ]);
  expect(mapping('{ ours: mail, theirs: a }, { ours: mail, theirs: b }')).toEqual([
    'directory.mapping.accounts.attributes.1.ours',
  ]);
});

const embeddedPathsOf = (more: string) =>
  files
    .faults(
      [files.write('hufu.yaml', `${production}directory: { kind: embedded, baseDn: "dc=a", ${more} }`)],
      {
        PW: 'x'.repeat(32),
        SHORT: 'x'.repeat(31),
      },
    )
    .map((fault) => fault.path);
const identities = (...each: string[]) =>
  `identities: [${each.map((text) => `{ password: { env: PW }, ${text} }`).join(', ')}]`;

test.each([
  'listen: { host: 0.0.0.0, port: 636, tls: { certificate: c.pem, key: k.pem } }',
  'listen: { port: 3890, binds: everyone }',
  identities('name: one', 'name: two, rules: [{ access: read }, { subtree: "ou=x,dc=a", access: none }]'),
])('the embedded directory takes %s', (more) => {
  expect(embeddedPathsOf(more)).toEqual([]);
});

test.each([
  ['listen: { host: 0.0.0.0, port: 636 }', 'directory.listen.host'],
  ['listen: { port: 636, tls: { certificate: c.pem } }', 'directory.listen.tls.key'],
  ['listen: { port: 3890, binds: people }', 'directory.listen.binds'],
  ['operator: { password: { env: SHORT } }', 'directory.operator.password'],
  ['identities: [{ name: one, password: { env: SHORT } }]', 'directory.identities[0].password'],
  [identities('name: hufu'), 'directory.identities[0].name'],
  [identities('name: one', 'name: one'), 'directory.identities.1.name'],
  [identities('name: one, rules: [{ access: all }]'), 'directory.identities[0].rules[0].access'],
  [
    identities('name: one, rules: [{ subtree: "ou=x,dc=b", access: read }]'),
    'directory.identities.0.rules.0.subtree',
  ],
  [
    identities('name: one, rules: [{ access: read }, { subtree: "dc=a", access: write }]'),
    'directory.identities.0.rules.1.subtree',
  ],
])('the embedded directory refuses %s at %s', (more, path) => {
  expect(embeddedPathsOf(more)).toEqual([path]);
});

test('a password that is too short is not shown', () => {
  const text = `${production}directory: { kind: embedded, operator: { password: { env: PW } } }`;
  const [fault] = files.faults([files.write('hufu.yaml', text)], { PW: 'canary-short' });
  expect(fault?.expected).toBe('at least 32 characters');
  expect(JSON.stringify(fault)).not.toContain('canary');
});
