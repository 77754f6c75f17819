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
