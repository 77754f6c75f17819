import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { certificates as section } from '#config/schema/certificates.ts';
import type { Issued } from '#demo/pki/authority.ts';
import { mintPki, type Pki } from '#demo/pki/mint-pki.ts';
import { createPkiServer } from '#demo/pki/pki-server.ts';
import { createRevocationLedger, type RevocationLedger } from '#demo/pki/revocation-ledger.ts';
import { openCertificateTrust, type CertificateTrustService } from '#src/compose/certificate-trust.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';

const person = { name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' };
const minute = 60_000;
const reservation = createServer();
let port: number;
let server: Server | undefined;
let requests: string[];
let clock: SetClock;
let folder: string;
let pki: Pki;
let ledger: RevocationLedger;
let card: Issued;
let opened: CertificateTrustService[];

beforeEach(async () => {
  clock = createSetClock(new Date('2026-11-26T02:00:00Z'));
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-trust-'));
  // The PKI's certificates name the port: it is taken before they are made.
  await new Promise<void>((resolve) => reservation.listen(0, '127.0.0.1', resolve));
  ({ port } = reservation.address() as AddressInfo);
  await new Promise((resolve) => reservation.close(resolve));
  const baseUrl = `http://127.0.0.1:${port}`;
  pki = mintPki({ at: clock.now(), baseUrl });
  card = pki.issue(person);
  ledger = createRevocationLedger();
  ledger.recordIssued(pki.g2, card.serial);
  ledger.recordIssued(pki.root, pki.g2.serial);
  opened = [];
  await startServer();
});
afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await stopServer();
  await rm(folder, { recursive: true });
});

async function startServer(): Promise<void> {
  requests = [];
  const app = createPkiServer({ pki, ledger, baseUrl: `http://127.0.0.1:${port}`, now: clock.now });
  const answer = app.callback();
  server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url?.replace(/-\d\.crl/, '-N.crl')}`);
    void answer(req, res);
  });
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
}

async function stopServer(): Promise<void> {
  const stopping = server;
  server = undefined;
  stopping?.closeAllConnections();
  if (stopping) await new Promise((resolve) => stopping.close(resolve));
}

async function open(odd: object = {}, intermediates: readonly Issued[] = [pki.g2, pki.g3]) {
  const parsed = section.parse({
    anchors: ['root'],
    allowTestPolicy: true,
    fetch: { hosts: ['127.0.0.1'], allow: ['127.0.0.1'], timeoutSeconds: 2, waitSeconds: 1 },
    ...odd,
  });
  if (!parsed) throw new Error('a section was given');
  const trust = await openCertificateTrust(
    {
      ...parsed,
      folder,
      anchors: [pki.root.certificate],
      intermediates: intermediates.map(({ certificate }) => certificate),
    },
    { clock, random: systemRandom, log: createKeptLog() },
  );
  opened.push(trust);
  return trust;
}

const judge = (trust: CertificateTrustService, certificate = card) =>
  trust.judge({ certificate: certificate.certificate, purpose: 'login', time: clock.now() });

test('a card is judged by the lists that its path names, each fetched once', async () => {
  const trust = await open();
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => judge(trust)));
  expect(new Set(verdicts.map(({ ok }) => ok))).toEqual(new Set([true]));
  expect(await judge(trust)).toMatchObject({ ok: true, evidence: [{ source: 'crl' }, { source: 'crl' }] });
  expect(requests).toEqual(['GET /crl/root.crl', 'GET /crl/g2-N.crl']);
  expect(trust.sources.list()).toMatchObject([
    { kind: 'crl', failures: 0, entries: 0 },
    { kind: 'crl', failures: 0, entries: 0 },
  ]);
});

test('a card that is revoked is refused once the next list is there', async () => {
  const trust = await open();
  await judge(trust);
  ledger.revoke(pki.g2, { serial: card.serial, at: clock.now(), reason: 1 });
  expect(await judge(trust)).toMatchObject({ ok: true });
  await clock.advance(minute);
  expect(await trust.sources.refreshAll()).toEqual({ tried: 2, failed: 0 });
  expect(await judge(trust)).toMatchObject({ ok: false, reason: 'revoked', detail: 'key-compromise' });
});

test('lists outlive the server, and us, until they end', async () => {
  await judge(await open());
  await stopServer();
  const again = await open();
  expect(again.sources.list()).toHaveLength(2);
  expect(await judge(again)).toMatchObject({ ok: true });
  await clock.advance(11 * minute);
  expect(await judge(again)).toMatchObject({ ok: false, reason: 'revocation-unknown' });
  const gracious = await open({ revocation: { graceSeconds: 600 } });
  expect(await judge(gracious)).toMatchObject({
    ok: true,
    evidence: [{ isInGrace: true }, { isInGrace: true }],
  });
  await clock.advance(10 * minute);
  expect(await judge(gracious)).toMatchObject({ ok: false, reason: 'revocation-unknown' });
});

test('a list is fetched anew before it ends, without anybody asking', async () => {
  const trust = await open();
  await judge(trust);
  const stopping = new AbortController();
  const running = trust.refreshNowAndAgain(stopping.signal);
  const passing = async () => {
    await clock.advance(30_000);
    return trust.sources.list().map((each) => each.thisUpdate);
  };
  await expect.poll(passing).not.toContainEqual(pki.at);
  stopping.abort();
  await running;
});

test('OCSP is asked by POST, and its answer used again while it is good', async () => {
  const trust = await open({ revocation: { order: ['ocsp'] } });
  expect(await judge(trust)).toMatchObject({ ok: true, evidence: [{ source: 'ocsp' }, { source: 'ocsp' }] });
  await judge(trust);
  expect(requests).toEqual(['POST /ocsp/root', 'POST /ocsp/g2']);
  const stranger = pki.issue(person, 'sign', { label: 'never issued' });
  expect(await judge(trust, stranger)).toMatchObject({
    reason: 'revocation-unknown',
    detail: 'ocsp-unknown',
  });
  expect(trust.sources.list()).toMatchObject([{ kind: 'ocsp' }, { kind: 'ocsp' }]);
});

test('an issuer may have a rule of its own', async () => {
  const exceptions = [
    {
      issuerKey: (await open()).authorities.find(({ kind }) => kind === 'intermediate')?.keyId,
      order: ['ocsp'],
    },
  ];
  expect(await judge(await open({ revocation: { exceptions } }))).toMatchObject({
    evidence: [{ source: 'ocsp' }, { source: 'crl' }],
  });
});

test('a missing intermediate is fetched where that is set, and remembered', async () => {
  expect(await judge(await open({}, []))).toMatchObject({ reason: 'untrusted' });
  expect(requests).toEqual([]);
  const trust = await open({ fetchIssuers: true }, []);
  expect(await judge(trust)).toMatchObject({ ok: true });
  await judge(trust);
  expect(requests.filter((each) => each.includes('/certs/'))).toEqual(['GET /certs/g2.p7b']);
});

test('hosts that are not named are not called, and a card is refused for it', async () => {
  const trust = await open({ fetch: { hosts: [], allow: ['127.0.0.1'], waitSeconds: 1 } });
  expect(await judge(trust)).toMatchObject({ reason: 'revocation-unknown' });
  expect(requests).toEqual([]);
  expect(new Set(trust.sources.list().map((each) => each.lastFailure))).toEqual(
    new Set(['host-not-allowed']),
  );
});

test('a login waits for three slow sources at most, and is refused then', async () => {
  await stopServer();
  requests = [];
  server = createServer((req) => requests.push(req.url ?? ''));
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  // Five sources, each of which keeps a login waiting for a second: two of the CA, three of the card.
  const trust = await open({ revocation: { order: ['crl', 'ocsp'], whenUnknown: 'accept' } });
  const begun = performance.now();
  expect(await judge(trust)).toEqual({ ok: false, reason: 'revocation-unknown', detail: 'too-slow' });
  expect(performance.now() - begun).toBeLessThan(4500);
});

test('authorities are told with name, validity and key', async () => {
  const { authorities } = await open();
  expect(authorities[0]).toMatchObject({
    kind: 'anchor',
    subject: 'C=TW, O=Hufu Test PKI, CN=虎符測試根憑證管理中心',
    keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(authorities).toHaveLength(3);
});
