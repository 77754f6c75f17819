import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigFiles, minimal, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const paths = (text: string) =>
  files.faults([files.write('hufu.yaml', text)], { PW: 'x' }).map((fault) => fault.path);

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  '%s may be an issuer',
  (issuer) => {
    expect(paths(minimal.replace('http://localhost:3000', `'${issuer}'`))).toEqual([]);
  },
);

test.each([
  'http://sso.example.org',
  'http://localhost.example.org',
  'http://127.0.0.2',
  'http://0.0.0.0:3000',
  'https://sso.example.org/',
  'https://sso.example.org/path',
  'https://sso.example.org?x',
  'https://user:pw@sso.example.org',
  'https://SSO.example.org',
  'https://sso.example.org:443',
  'ftp://sso.example.org',
  'sso.example.org',
])('%s may not', (issuer) => {
  expect(paths(production.replace('https://sso.example.org', issuer))).toContain('issuer');
});

test('an https issuer needs its proxy named', () => {
  expect(paths(production)).toEqual([]);
  expect(paths(production.replace('[127.0.0.1]', '[]'))).toEqual(['proxies']);
});

test('a proxy that hands certificates on is not named by a wide network', () => {
  const named = (proxies: string, header = 'clientCertificates: { header: client-cert }') =>
    paths(`${production.replace('[127.0.0.1]', proxies)}${header}`);
  expect(named("[10.0.0.1, 10.0.0.0/24, '2001:db8::1', '2001:db8::/64', '::ffff:10.0.0.0/120']")).toEqual([]);
  expect(named("[10.0.0.0/23, '2001:db8::/63', '::ffff:10.0.0.0/119']")).toEqual([
    'proxies[0]',
    'proxies[1]',
    'proxies[2]',
  ]);
  expect(named('[10.0.0.0/8]', '')).toEqual([]);
});

test('plain http does not listen off loopback', () => {
  expect(paths(`${minimal}listen: { host: 0.0.0.0 }`)).toEqual(['listen.host']);
  expect(paths(`${production}listen: { host: 0.0.0.0 }`)).toEqual([]);
});

test('a mail folder is for loopback', () => {
  const text = `issuer: https://sso.example.org\nproxies: [127.0.0.1]\nmail: { kind: folder, folder: m, from: a@hufu.example }`;
  expect(paths(text)).toEqual(['mail.kind']);
});

test('plain SMTP is for loopback', () => {
  const smtp = (host: string) =>
    production.replace('host: smtp.example.org', `host: ${host}, security: plain`);
  expect(paths(smtp('smtp.example.org'))).toEqual(['mail.security']);
  expect(paths(smtp('localhost'))).toEqual([]);
});

test('a mail login has user and password', () => {
  expect(paths(production.replace('from:', 'user: hufu, from:'))).toEqual(['mail.password']);
  expect(paths(production.replace('from:', 'password: { env: PW }, from:'))).toEqual(['mail.user']);
});

test('plain LDAP is for loopback', () => {
  const ldap = (url: string) =>
    `${production}directory: { kind: ldap, url: '${url}', baseDn: dc=a, bindDn: cn=a, bindPassword: { env: PW } }`;
  expect(paths(ldap('ldap://ldap.example.org'))).toEqual(['directory.url']);
  expect(paths(ldap('ldap://127.0.0.1:389'))).toEqual([]);
  expect(paths(ldap('ldaps://ldap.example.org'))).toEqual([]);
});
