import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import { mintPki } from '#demo/pki/mint-pki.ts';
import { createPkiServer } from '#demo/pki/pki-server.ts';
import { createRevocationLedger } from '#demo/pki/revocation-ledger.ts';
import { freePort, startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { atPortal } from '../support/hub/portal-visits.ts';
import type { SigningIn } from '../support/hub/signing-in.ts';

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;
const page = '/operators/certificates';
const requested: string[] = [];
let folder: string;
let pkiServer: Server;
let card: Issued;
let world: HubWorld;
let metricsPort: number;
let officer: Person;
let at: SigningIn;
let outsider: SigningIn;

async function officerIn(hub: HubWorld, n: number): Promise<Person> {
  const person = await hub.activePerson({ n, name: '計畫承辦' }, password);
  const { id, revision } = person.account;
  await hub.hub.services.directory.accounts.modifyAccount(command, id, revision, {
    office: 'programme-officer',
  });
  return person;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-pki-'));
  const pkiPort = await freePort();
  const baseUrl = `http://127.0.0.1:${pkiPort}`;
  const pki = mintPki({ baseUrl });
  card = pki.issue({ name: '林怡君', serialNumber: '0000000116004321', lastFour: '6789' });
  const answer = createPkiServer({
    pki,
    ledger: createRevocationLedger(),
    baseUrl,
    now: () => new Date(),
  }).callback();
  pkiServer = createServer((req, res) => {
    requested.push(req.url ?? '');
    void answer(req, res);
  });
  await new Promise<void>((resolve) => pkiServer.listen(pkiPort, '127.0.0.1', resolve));
  const file = (name: string, pem: string) => {
    writeFileSync(path.join(folder, name), pem);
    return path.join(folder, name);
  };
  metricsPort = await freePort();
  world = await startHubWorld({
    operators: { requirement: 'second-factor' },
    metrics: { port: metricsPort },
    certificates: {
      anchors: [file('root.pem', pki.root.pem)],
      intermediates: [file('cas.pem', pki.g2.pem + pki.g3.pem)],
      allowTestPolicy: true,
      fetch: { hosts: ['127.0.0.1'], allow: ['127.0.0.1'] },
    },
  });
  officer = await officerIn(world, 510);
  at = await atPortal(world, officer, password);
  outsider = await atPortal(world, await world.activePerson({ n: 511 }, password), password);
});
afterAll(async () => {
  await world.close();
  pkiServer.closeAllConnections();
  pkiServer.close();
  rmSync(folder, { recursive: true });
});

const judge = () =>
  world.hub.services.certificates?.judge({
    certificate: card.certificate,
    purpose: 'login',
    time: world.clock.now(),
  });

describe('the operators’ page of certificates', () => {
  test('shows whom logins trust, and that nothing has been fetched yet', async () => {
    const { html, status } = await at.open(page);
    expect(status).toBe(200);
    for (const words of ['虎符測試根憑證管理中心', '信任起點', '中繼', '還沒有任何來源'])
      expect(html).toContain(words);
    expect(html).not.toContain(`${page}/refresh`);
  });

  test('shows each source with its state once a card was judged', async () => {
    expect(await judge()).toMatchObject({ ok: true });
    const { html } = await at.open(page);
    for (const words of ['/crl/root.crl', '/crl/g2-', '正常', `${page}/refresh`])
      expect(html).toContain(words);
  });

  test('fetches everything anew after a question, and who asked is in the trail', async () => {
    const { csrf, html } = await at.open(`${page}/refresh`);
    expect(html).toContain('立即更新所有 CRL？');
    requested.length = 0;
    expect((await at.post(`${page}/refresh`, { csrf: 'forged' })).status).toBe(400);
    expect((await at.post(`${page}/refresh`, { csrf, all: 'yes' })).status).toBe(400);
    expect(requested).toEqual([]);
    const answer = await at.post(`${page}/refresh`, { csrf });
    expect(answer.html).toContain('已開始更新');
    await expect.poll(() => requested.length).toBe(2);
    expect((await at.open('/operators/audit?action=revocation.refresh')).html).toContain('共 1 筆');
  });

  test('does not exist for anybody else', async () => {
    const { csrf } = await outsider.open('/profile');
    requested.length = 0;
    expect((await outsider.open(page)).status).toBe(404);
    expect((await outsider.open(`${page}/refresh`)).status).toBe(404);
    expect((await outsider.post(`${page}/refresh`, { csrf })).status).toBe(404);
    expect(requested).toEqual([]);
  });

  test('says so where certificate logins are not configured', async () => {
    const bare = await startHubWorld({ operators: { requirement: 'second-factor' } });
    try {
      const there = await atPortal(bare, await officerIn(bare, 512), password);
      const { html } = await there.open(page);
      expect(html).toContain('未設定憑證登入');
      expect((await there.open(`${page}/refresh`)).status).toBe(404);
      const { csrf } = await there.open('/operators/audit');
      expect((await there.post(`${page}/refresh`, { csrf })).status).toBe(404);
      expect(bare.hub.services.certificates).toBeUndefined();
    } finally {
      await bare.close();
    }
  });
});

test('metrics are told on their own listener alone: requests, logins and sources', async () => {
  await judge();
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(text).toMatch(
    /hufu_http_request_seconds_count\{method="GET",route="\/operators\/certificates",status="2xx"\} \d/,
  );
  expect(text).toMatch(/hufu_logins_total\{method="one-day-password",outcome="done"\} \d/);
  expect(text).toMatch(/hufu_revocation_source_age_seconds\{kind="crl",url="[^"]+\/crl\/root\.crl"/);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain(officer.nationalId);
  expect((await fetch(`${world.origin}/metrics`)).status).toBe(404);
});
