/** The adapter against servers that answer by script: TLS, result codes, referrals, the directory's own password policy. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resultDecisions } from '#adapters/directory/directory-failure.ts';
import { createLdapDirectory } from '#adapters/directory/ldap-directory.ts';
import type { DirectoryAddress } from '#adapters/directory/open-socket.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { newAccountId, system, withPassword } from '#test/conformance/directory/directory-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { mintCa, type ServerCertificate, type TestCa } from '#test/support/mint-certificates.ts';
import { realRandom } from '#test/support/real.ts';
import {
  startScriptedLdapServer,
  success,
  type LdapAnswer,
  type RequestKind,
  type Script,
  type ScriptedLdapServer,
  type ScriptedOptions,
} from '#test/support/scripted-ldap-server.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const bindDn = 'cn=hufu,dc=test';
const unavailable = { code: 'directory-unavailable' };
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(script?: Script, options?: ScriptedOptions): Promise<ScriptedLdapServer> {
  const server = await startScriptedLdapServer(script, options);
  closing.push(() => server.close());
  return server;
}

function directoryAt(servers: readonly DirectoryAddress[], timeoutMs = 5_000) {
  const log = createKeptLog();
  const clock = createSetClock();
  const sealing = createKeyRing([{ id: 'k', secret: Buffer.alloc(32, 1) }], realRandom);
  const directory = createLdapDirectory(
    {
      servers,
      baseDn: 'dc=test',
      bindDn,
      bindPassword: 'x',
      poolSize: 2,
      timeoutMs,
      catalogueMaxAgeSeconds: 60,
    },
    { sealing, clock, log, random: realRandom },
  );
  closing.push(() => directory.close());
  const events = () => log.lines.map(({ event }) => event);
  return { directory, log, clock, events, check: () => directory.health.checkDirectory() };
}

const at = ({ port }: ScriptedLdapServer, host = '127.0.0.1') => ({ url: `ldap://${host}:${port}` });
const atTls = ({ port }: ScriptedLdapServer, ca: string, host = '127.0.0.1') => ({
  url: `ldaps://${host}:${port}`,
  ca,
});
/** Answers requests of `kind` with `answer`, but for Hufu's own bind, and everything else with success. */
const answering =
  (kind: RequestKind, answer: LdapAnswer | 'silence'): Script =>
  (request) =>
    request.kind === kind && request.name !== bindDn ? answer : success;

describe('TLS', () => {
  let folder: string;
  let ca: TestCa;
  let other: TestCa;
  let good: ServerCertificate;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hufu-ldap-tls-'));
    ca = await mintCa(folder, 'ca');
    other = await mintCa(folder, 'other-ca');
    good = await ca.issue({ name: 'good', hosts: ['localhost'], addresses: ['127.0.0.1'] });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const serveTls = ({ cert, key }: ServerCertificate, mode: 'ldaps' | 'start-tls' = 'ldaps', more = {}) =>
    serve(undefined, { tls: { cert, key, mode, ...more } });

  it.each(['127.0.0.1', 'localhost'])('reaches %s with a certificate of the pinned CA', async (host) => {
    const server = await serveTls(good);
    await directoryAt([atTls(server, ca.cert, host)]).check();
    expect(server.requests.map(({ kind }) => kind)).toEqual(['bind', 'search']);
  });

  async function expectRefused(server: ScriptedLdapServer, address: DirectoryAddress, cause: string) {
    const { check, log } = directoryAt([address]);
    await expect(check()).rejects.toMatchObject({ ...unavailable, facts: { reason: 'tls-refused' } });
    const line = log.lines.find(({ event }) => event === 'directory.tls-refused');
    expect(line?.fields['error']).toMatchObject({ cause: { code: cause } });
    // Nothing was said, least of all the password.
    expect(server.requests).toEqual([]);
  }

  it('refuses a certificate of another CA', async () => {
    const server = await serveTls(good);
    await expectRefused(server, atTls(server, other.cert), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('refuses a certificate for another name', async () => {
    const server = await serveTls(await ca.issue({ name: 'elsewhere', hosts: ['ldap.example'] }));
    await expectRefused(server, atTls(server, ca.cert, 'localhost'), 'ERR_TLS_CERT_ALTNAME_INVALID');
    await expectRefused(server, atTls(server, ca.cert), 'ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('refuses an expired certificate', async () => {
    const expired = await ca.issue({ name: 'expired', addresses: ['127.0.0.1'], expired: true });
    const server = await serveTls(expired);
    await expectRefused(server, atTls(server, ca.cert), 'CERT_HAS_EXPIRED');
  });

  it('refuses TLS older than 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server = await serveTls(good, 'ldaps', old);
    await expectRefused(server, atTls(server, ca.cert), 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('upgrades by StartTLS before anything else is said', async () => {
    const server = await serveTls(good, 'start-tls');
    await directoryAt([{ ...at(server), startTls: true, ca: ca.cert }]).check();
    expect(server.requests.map(({ kind }) => kind)).toEqual(['extended', 'bind', 'search']);
  });

  it('checks the certificate after StartTLS as well', async () => {
    const server = await serveTls(good, 'start-tls');
    const { check } = directoryAt([{ ...at(server), startTls: true, ca: other.cert }]);
    await expect(check()).rejects.toMatchObject({ facts: { reason: 'tls-refused' } });
    expect(server.requests.map(({ kind }) => kind)).toEqual(['extended']);
  });

  it.each<[string, LdapAnswer]>([
    ['protocolError', { code: 2 }],
    ['unavailable', { code: 52 }],
    ['success with something slipped in behind it', { code: 0, appended: Buffer.from('30', 'hex') }],
  ])('says nothing on a connection where StartTLS is answered by %s', async (_, answer) => {
    const { cert, key } = good;
    const server = await serve(answering('extended', answer), { tls: { cert, key, mode: 'start-tls' } });
    const { check } = directoryAt([{ ...at(server), startTls: true, ca: ca.cert }]);
    await expect(check()).rejects.toMatchObject({ ...unavailable, facts: { reason: 'start-tls-refused' } });
    expect(server.requests.map(({ kind }) => kind)).toEqual(['extended']);
  });

  it('gives a handshake up that never ends', async () => {
    const server = await serve(answering('extended', success));
    const { check } = directoryAt([{ ...at(server), startTls: true, ca: ca.cert }], 50);
    await expect(check()).rejects.toMatchObject({ ...unavailable, facts: { reason: 'no-answer' } });
  });
});

describe('result codes', () => {
  it.each(Object.entries(resultDecisions).map(([code, decision]) => [Number(code), decision] as const))(
    '%i is answered as decided',
    async (code, { name, code: meaning }) => {
      const server = await serve(answering('search', { code }));
      const { directory } = directoryAt([at(server)]);
      const facts = { resultCode: String(code), reason: name };
      const answer = directory.accounts.findAccount(system, newAccountId());
      await expect(answer).rejects.toMatchObject({ code: meaning, facts });
    },
  );

  it.each([51, 52])('%i goes on to the next server, a write too', async (code) => {
    const busy = await serve((request) => (request.kind === 'bind' ? success : { code }));
    const other = await serve();
    const { directory } = directoryAt([at(busy), at(other)]);
    await directory.accounts.recordLogin(system, newAccountId(), 'password', new Date(0));
    expect(other.requests.map(({ kind }) => kind)).toEqual(['bind', 'modify']);
  });

  it('of other kinds stay with the server that gave them', async () => {
    const full = await serve(answering('modify', { code: 80 }));
    const other = await serve();
    const { directory } = directoryAt([at(full), at(other)]);
    const change = directory.accounts.recordLogin(system, newAccountId(), 'password', new Date(0));
    await expect(change).rejects.toMatchObject(unavailable);
    expect(other.requests).toEqual([]);
  });
});

describe('a referral', () => {
  it('is never followed', async () => {
    const elsewhere = await serve();
    const referral = `ldap://127.0.0.1:${elsewhere.port}/dc=test`;
    const server = await serve(answering('modify', { code: 10, referral }));
    const { directory } = directoryAt([at(server)]);
    const change = directory.accounts.recordLogin(system, newAccountId(), 'password', new Date(0));
    await expect(change).rejects.toMatchObject({ ...unavailable, facts: { reason: 'referral' } });
    expect(elsewhere.requests).toEqual([]);
  });

  it('among what was found is no answer', async () => {
    const server = await serve(answering('search', { code: 0, reference: 'ldap://127.0.0.1/ou=x,dc=test' }));
    const answer = directoryAt([at(server)]).directory.accounts.findAccount(system, newAccountId());
    await expect(answer).rejects.toMatchObject({ ...unavailable, facts: { reason: 'referral' } });
  });
});

describe('a bind as a person', () => {
  const id = newAccountId();
  const policy = '1.3.6.1.4.1.42.2.27.8.5.1';
  const words = (hex: string) => ({ type: policy, value: Buffer.from(hex, 'hex') });

  it.each([19, 32, 48, 49, 53])('refused with %i is a wrong password, whatever the reason', async (code) => {
    const server = await serve(answering('bind', { code }));
    const { directory } = directoryAt([at(server)]);
    expect(await directory.passwords.checkPassword(withPassword(id), 'x')).toBe(false);
  });

  it.each([1, 8, 13, 50, 51, 80])('answered with %i is no verdict', async (code) => {
    const server = await serve(answering('bind', { code }));
    const { directory } = directoryAt([at(server)]);
    const check = directory.passwords.checkPassword(withPassword(id), 'x');
    await expect(check).rejects.toMatchObject(unavailable);
  });

  it.each<[string, number, string, boolean]>([
    ['account-locked', 49, '3003810101', false],
    ['password-expired', 49, '3003810100', false],
    ['must-change', 0, '3003810102', true],
    ['grace-login', 0, '3005a003810103', true],
    ['expires-soon', 0, '3006a00480020e10', true],
    ['other', 49, '3003810107', false],
  ])('of which the policy says %s leaves a line for operators and no more', async (says, code, hex, ok) => {
    const server = await serve(answering('bind', { code, control: words(hex) }));
    const { directory, log } = directoryAt([at(server)]);
    expect(await directory.passwords.checkPassword(withPassword(id), 'x')).toBe(ok);
    const lines = log.lines.filter(({ event }) => event === 'directory.password-policy');
    expect(lines.map(({ fields }) => fields)).toEqual([{ account: id, says }]);
  });

  it('is asked of another server when the first is silent', async () => {
    const silent = await serve(answering('bind', 'silence'));
    const other = await serve(answering('bind', { code: 49 }));
    const { directory, events } = directoryAt([at(silent), at(other)], 400);
    expect(await directory.passwords.checkPassword(withPassword(id), 'x')).toBe(false);
    expect(events()).toContain('directory.server-lost');
  });
});
