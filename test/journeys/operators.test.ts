import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExport } from '#audit/export.ts';
import { verifyTrail } from '#audit/verify.ts';
import { startHubWorld, type HubWorld, type Person } from '../support/hub/hub-world.ts';
import { atPortal, outcomesOf } from '../support/hub/portal-visits.ts';
import { signingIn, type SigningIn } from '../support/hub/signing-in.ts';

let world: HubWorld;
let officer: Person;
let general: Person;
let at: SigningIn;
let outsider: SigningIn;

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;
const paths = [
  '/operators',
  '/operators/outbox',
  '/operators/audit',
  '/operators/audit/1',
  '/operators/outbox/x/drop',
];

beforeAll(async () => {
  world = await startHubWorld({ operators: { requirement: 'second-factor' } });
  officer = await world.activePerson({ n: 500, name: '計畫承辦' }, password);
  general = await world.activePerson({ n: 501 }, password);
  const { accounts } = world.hub.services.directory;
  await accounts.modifyAccount(command, officer.account.id, officer.account.revision, {
    office: 'programme-officer',
  });
  at = await atPortal(world, officer, password);
  outsider = await atPortal(world, general, password);
});
afterAll(() => world.close());

const csrfOn = async (path: string) => (await at.open(path)).csrf;

describe('the pages', () => {
  test('are there for a programme officer, and led to', async () => {
    expect((await at.open('/')).html).toContain('href="/operators"');
    for (const path of paths.slice(0, 4)) expect((await at.open(path)).status, path).toBe(200);
    const health = await at.open('/operators');
    for (const words of ['目錄', '正常', '稽核鏈', '已運作']) expect(health.html).toContain(words);
  });

  test('do not exist for anybody else, logged in or not, by any method', async () => {
    expect((await outsider.open('/')).html).not.toContain('/operators');
    const csrf = (await outsider.open('/profile')).csrf;
    const nobody = signingIn(world);
    for (const path of paths) {
      expect((await outsider.open(path)).status, path).toBe(404);
      expect((await nobody.open(path)).status, path).toBe(404);
    }
    for (const path of ['/operators/audit/export', '/operators/audit/search', '/operators/outbox/x/drop']) {
      expect((await outsider.post(path, { csrf, reason: 'x' })).status, path).toBe(404);
      expect((await nobody.post(path, { csrf })).status, path).toBe(404);
    }
    expect(await outcomesOf(world, general, 'operation.enter')).toContain('not-permitted');
  });

  test('do not exist for an officer whose session is too weak', async () => {
    const strict = await startHubWorld();
    try {
      const person = await strict.activePerson({ n: 502 }, password);
      await strict.hub.services.directory.accounts.modifyAccount(
        command,
        person.account.id,
        person.account.revision,
        {
          office: 'programme-officer',
        },
      );
      const there = await atPortal(strict, person, password);
      expect((await there.open('/')).html).not.toContain('/operators');
      for (const path of paths) expect((await there.open(path)).status, path).toBe(404);
    } finally {
      await strict.close();
    }
  });
});

describe('the outbox', () => {
  async function failedMail(): Promise<string> {
    const { outbox } = world.hub.services.stores.records;
    const expiresAt = new Date(world.clock.now().getTime() + 3_600_000);
    const body = JSON.stringify({ to: 'somebody@mail.example.test', subject: 'S', text: 'the secret text' });
    const id = await outbox.enqueue({ kind: 'mail', body, expiresAt });
    await outbox.markFailed(id, 'ECONNREFUSED', undefined);
    return id;
  }

  test('shows kind, age, tries, code and domain, never a body or an address', async () => {
    await failedMail();
    const { html } = await at.open('/operators/outbox?state=failed');
    for (const words of ['郵件', 'mail.example.test', 'ECONNREFUSED']) expect(html).toContain(words);
    expect(html).not.toMatch(/secret text|somebody@/);
  });

  test('drops with a reason, once, and keeps both in the trail', async () => {
    const id = await failedMail();
    const path = `/operators/outbox/${id}/drop`;
    const question = await at.open(path);
    expect(question.html).toContain('捨棄這則訊息？');
    expect((await at.post(path, { csrf: question.csrf, reason: ' ' })).status).toBe(422);
    expect((await at.post(path, { csrf: 'foreign', reason: 'r' })).status).toBe(400);
    expect((await at.post(path, { csrf: question.csrf, reason: 'r', id: 'other' })).status).toBe(400);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => at.post(path, { csrf: question.csrf, reason: '地址有誤' })),
    );
    expect(answers.filter(({ html }) => html.includes('訊息已捨棄'))).toHaveLength(1);
    const found = await world.hub.services.stores.records.audit.search(
      { action: 'outbox.drop', outcome: 'done' },
      undefined,
      10,
    );
    expect(found).toHaveLength(1);
    const [intent] = await world.hub.services.stores.records.audit.search(
      { action: 'outbox.drop', outcome: 'intended' },
      undefined,
      1,
    );
    expect(intent?.entry).toContain('地址有誤');
    expect((await at.open(path)).status).toBe(404);
  });

  test('sends again what failed; nothing changes by GET', async () => {
    const id = await failedMail();
    const path = `/operators/outbox/${id}/retry`;
    const { csrf } = await at.open(path);
    expect(await world.hub.services.stores.records.outboxOperations.find(id)).toMatchObject({
      state: 'failed',
    });
    expect((await at.post(path, { csrf })).html).toContain('已排入立即重送');
    expect(await world.mailbox.nextMailTo('somebody@mail.example.test', 0)).toContain('the secret text');
  });
});

/** As the form sends what was not typed. */
const criteria = { from: '', to: '', actor: '', person: '', unit: '', action: '', outcome: '' };

describe('the audit trail', () => {
  test('finds a person by national ID without putting it into an address', async () => {
    const csrf = await csrfOn('/operators/audit');
    const found = await at.post('/operators/audit/search', {
      csrf,
      ...criteria,
      person: general.nationalId.toLowerCase(),
    });
    expect(found.url.search).toBe(`?person=${general.account.id}`);
    expect(found.html).toContain(general.account.id);
    expect(found.html).not.toContain(general.nationalId);
    const unknown = await at.post('/operators/audit/search', { csrf, ...criteria, person: 'A123456789' });
    expect(unknown.status).toBe(422);
    expect(unknown.html).toContain('查無此帳號');
  });

  test('records who resolved a national ID, and never the number', async () => {
    const { audit } = world.hub.services.stores.records;
    const csrf = await csrfOn('/operators/audit');
    const look = async (typed: Partial<typeof criteria>) => {
      await at.post('/operators/audit/search', { csrf, ...criteria, ...typed });
      const entries = await audit.search({ action: 'audit.search' }, undefined, 100);
      return { count: entries.length, index: entries[0]?.index, entry: entries[0]?.entry ?? '' };
    };
    const found = await look({ person: general.nationalId });
    expect(found.index).toMatchObject({
      actor: `person:${officer.account.id}`,
      onAccount: general.account.id,
    });
    expect(found.entry).toContain('"found":"yes"');
    const unknown = await look({ actor: 'A123456789' });
    expect(unknown.count).toBe(found.count + 1);
    expect(unknown.index?.onAccount).toBeUndefined();
    expect(unknown.entry).toContain('"found":"no"');
    for (const { entry } of [found, unknown]) {
      expect(entry).not.toContain(general.nationalId);
      expect(entry).not.toContain('A123456789');
    }
    expect((await look({ person: general.account.id })).count).toBe(unknown.count);
  });

  test('narrows by time, actor, unit, action and outcome, with removable chips and an empty state', async () => {
    const refused = await at.open('/operators/audit?action=operation.enter&outcome=refused');
    expect(refused.html).toContain('移除條件');
    expect(refused.html.replaceAll('&#x3D;', '=')).toContain('href="/operators/audit?outcome=refused"');
    expect(refused.html).toContain('not-permitted');
    const unit = await at.open('/operators/audit?unit=2.16.886.101.9002');
    expect(unit.html).toContain('沒有符合條件的紀錄');
    expect((await at.open('/operators/audit?unit=2.16.886.101.90027')).html).toContain(
      '2.16.886.101.90027.20002.20011',
    );
    expect((await at.open(`/operators/audit?actor=${general.account.id}`)).html).toContain(
      `person:${general.account.id}`,
    );
    expect((await at.open('/operators/audit?from=2020-01-01&to=2020-01-02')).html).toContain(
      '沒有符合條件的紀錄',
    );
    for (const bad of ['unit=1..2', 'from=yesterday', 'outcome=x', 'person=%00', 'action=%3Cb%3E']) {
      expect((await at.open(`/operators/audit?${bad}`)).status, bad).toBe(422);
    }
  });

  test('shows an entry with its personal fields, and records that', async () => {
    const { audit } = world.hub.services.stores.records;
    const [login] = await audit.search(
      { action: 'login.attempt', onAccount: general.account.id },
      undefined,
      1,
    );
    const page = await at.open(`/operators/audit/${login?.sequence}`);
    expect(page.html).toContain('127.0.0.1');
    expect(page.html).toContain('one-day-password');
    const [shown] = await audit.search({ action: 'audit.show' }, undefined, 1);
    expect(shown?.entry).toContain(`"sequence":"${login?.sequence}"`);
    for (const path of ['/operators/audit/0', '/operators/audit/999999', '/operators/audit/1e3']) {
      expect((await at.open(path)).status).toBe(404);
    }
  });

  test('is exported as a table with inert cells, and that is recorded', async () => {
    const { stores } = world.hub.services;
    await stores.audit.record({
      action: 'test.act',
      outcome: 'done',
      actor: 'system:command',
      form: '=cmd|calc',
      personal: { name: '+1' },
    });
    const csrf = await csrfOn('/operators/audit?action=test.act');
    const response = await at.browser.fetch('/operators/audit/export', {
      method: 'POST',
      headers: { Origin: world.origin },
      body: new URLSearchParams({ csrf, format: 'csv', ...criteria, action: 'test.act' }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [head, line, ...rest] = bytes.toString('utf8').trim().split('\r\n');
    expect(head).toMatch(/sequence,time,action/);
    expect(line).toContain(`"'=cmd|calc"`);
    expect(rest).toEqual([]);
    const [event] = await stores.records.audit.search({ action: 'audit.export' }, undefined, 1);
    expect(event?.entry).toContain('"action":"test.act"');
    expect((await at.post('/operators/audit/export', { csrf: 'x', format: 'csv', ...criteria })).status).toBe(
      400,
    );
    expect((await at.open('/operators/audit/export')).status).toBe(404);
  });

  test('is exported whole as lines that verify offline', async () => {
    const csrf = await csrfOn('/operators/audit');
    const response = await at.browser.fetch('/operators/audit/export', {
      method: 'POST',
      headers: { Origin: world.origin },
      body: new URLSearchParams({ csrf, format: 'jsonl', ...criteria, outcome: 'refused' }),
    });
    const lines = (await response.text()).trim().split('\n');
    const verdict = await verifyTrail(readExport(lines));
    expect(verdict).toMatchObject({ ok: true, entries: lines.length });
    expect(lines.length).toBeGreaterThan(20);
  });

  test('pages backwards from the newest, fifty at a time', async () => {
    const { audit } = world.hub.services.stores;
    await Promise.all(
      Array.from({ length: 120 }, () =>
        audit.record({ action: 'test.many', outcome: 'done', actor: 'system:command' }),
      ),
    );
    let path: string | undefined = '/operators/audit?action=test.many';
    const seen: string[] = [];
    while (path !== undefined) {
      const { html } = await at.open(path);
      expect(html).toContain('共 120 筆');
      seen.push(
        ...[...html.matchAll(/href="\/operators\/audit\/(\d+)"/g)].map(([, sequence]) => sequence ?? ''),
      );
      path = /href="([^"]*before=\d+)"/.exec(html.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))?.[1];
    }
    expect(seen).toHaveLength(120);
    expect(seen.map(Number)).toEqual(seen.map(Number).toSorted((a, b) => b - a));
  });
});

describe.each(['csv', 'jsonl'])('a trail that is being taken out as %s', (format) => {
  const inOffice = async (office: 'general' | 'programme-officer') => {
    const { accounts } = world.hub.services.directory;
    const account = await accounts.findAccount(command, officer.account.id);
    await accounts.modifyAccount(command, officer.account.id, account?.revision ?? 0, { office });
  };
  const action = 'test.large';
  const take = async () =>
    at.browser.fetch('/operators/audit/export', {
      method: 'POST',
      headers: { Origin: world.origin },
      body: new URLSearchParams({ csrf: await csrfOn('/operators/audit'), format, ...criteria, action }),
    });
  const endings = async () => {
    const { records } = world.hub.services.stores;
    return records.audit.search({ action: 'audit.export' }, undefined, 1);
  };

  beforeAll(async () => {
    const { audit } = world.hub.services.stores;
    const event = { action, outcome: 'done', actor: 'system:command', form: 'x'.repeat(10_000) } as const;
    await Promise.all(Array.from({ length: 1500 }, () => audit.record(event)));
  });

  test('is counted when it has left', async () => {
    const lines = (await (await take()).text()).trim().split(/\r?\n/);
    const count = lines.length - (format === 'csv' ? 1 : 0);
    expect(count).toBeGreaterThanOrEqual(1500);
    const [event] = await endings();
    expect(event?.entry).toContain(`"count":"${count}"`);
    expect(event?.entry).toContain('"whole":"yes"');
  });

  test('is cut once whoever asked is in office no more, and so it says', async () => {
    const response = await take();
    expect(response.status).toBe(200);
    await inOffice('general');
    try {
      await expect(response.text()).rejects.toThrow('terminated');
    } finally {
      await inOffice('programme-officer');
    }
    const [event] = await endings();
    for (const fact of ['"whole":"no"', '"ending":"rights-changed"', '"count":"'])
      expect(event?.entry).toContain(fact);
  });
});
