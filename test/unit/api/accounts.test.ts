/** The API over the wire: each operation once, and each way in which a request is turned away. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Account } from '#domain/account.ts';
import { hr, openApiWorld, tagOf, type ApiWorld } from '#test/support/api/api-world.ts';
import { agency, ids, known, oid, openPerson } from '../accounts/management/people-world.ts';

const warrant = { form: 'F-9', reason: '調任' };
let world: ApiWorld;
let ming: Account;
let far: Account;

beforeEach(async () => {
  world = await openApiWorld();
  const [first, second] = ids.map(known);
  ming = await openPerson(world.directory, { nationalId: known(first), grants: [{ role: 'fms_user' }] });
  far = await openPerson(world.directory, {
    nationalId: known(second),
    agency: { ...agency, oid: oid('1.2.3.40') },
    unit: { oid: oid('1.2.3.40.1'), name: '外' },
  });
});
afterEach(() => world.close());

const at = (rest = '') => `/api/v1/accounts/${ming.id}${rest}`;
const now = () => known(world.directory.all().find(({ id }) => id === ming.id));
const events = () =>
  world.events().map(({ action, outcome, reason = '' }) => `${action} ${outcome} ${reason}`.trim());

const newcomer = {
  name: '林大同',
  nationalId: 'A900000016',
  birthday: '0301',
  agency,
  unit: { oid: '1.2.3.4.1', name: '一科' },
  contact: { email: 'lin@example.test' },
};
const open = (account: object = {}, headers: Record<string, string> = {}) =>
  world.send('POST', '/api/v1/accounts', {
    body: { warrant, account: { ...newcomer, ...account } },
    headers,
  });

describe('reading', () => {
  test('a list has those of the subtree, without national ID and birthday', async () => {
    const { status, body, text } = await world.send('GET', '/api/v1/accounts?status=enabled&descending=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({ count: 1, accounts: [{ id: ming.id, agency: { oid: '1.2.3.4' } }] });
    expect(text).not.toMatch(/A123|0215|nationalId|birthday/);
  });

  test('pages follow by their cursor', async () => {
    await open();
    const seen: unknown[] = [];
    let next = '';
    do {
      const { body } = await world.send('GET', `/api/v1/accounts?pageSize=1${next}`);
      seen.push(...(body['accounts'] as Account[]).map(({ id }) => id));
      next = body['next'] === undefined ? '' : `&cursor=${String(body['next'])}`;
    } while (next !== '');
    expect(new Set(seen).size).toBe(2);
    expect((await world.send('GET', '/api/v1/accounts?cursor=nonsense')).status).toBe(400);
  });

  test('a national ID is searched by a body alone', async () => {
    const found = await world.send('POST', '/api/v1/accounts/search', { body: { nationalId: 'A123456789' } });
    expect(found.body).toMatchObject({ count: 1, accounts: [{ id: ming.id }] });
    expect((await world.send('GET', '/api/v1/accounts?nationalId=A123456789')).status).toBe(400);
    // In the directory, but elsewhere.
    const other = await world.send('POST', '/api/v1/accounts/search', { body: { nationalId: 'A800000014' } });
    expect(other.body['count']).toBe(0);
  });

  test('a keyword of blanks alone is none, and refused as that', async () => {
    const search = (nameKeyword: string) =>
      world.send('POST', '/api/v1/accounts/search', { body: { nameKeyword } });
    for (const blank of ['', ' ', '\u3000\t']) {
      const { status, body } = await search(blank);
      expect([status, body['errors']]).toEqual([
        400,
        [{ path: 'nameKeyword', expected: 'expected: more than blanks' }],
      ]);
    }
    expect((await search(' 小明 ')).body['count']).toBe(1);
  });

  test('an account has its revision as ETag', async () => {
    const { status, headers, body } = await world.send('GET', at());
    expect([status, headers.get('ETag')]).toEqual([200, `"${ming.revision}"`]);
    expect(body).toMatchObject({ id: ming.id, contact: { email: 'ming@example.test' } });
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  test('of an account elsewhere nothing is told, nor of none', async () => {
    for (const id of [far.id, 'a'.repeat(26), 'x', '..%2f']) {
      const answer = await world.send('GET', `/api/v1/accounts/${id}`);
      expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
    }
  });

  test('an export is one account a line, and in the trail', async () => {
    const { text, headers } = await world.send('POST', '/api/v1/accounts/export', { body: {} });
    expect(headers.get('Content-Type')).toContain('application/x-ndjson');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Account).id),
    ).toEqual([ming.id]);
    expect(events()).toContain('account.export done');
  });

  test('an export is cut once its token or registration is no more, and counted', async () => {
    const { listing } = world.directory;
    const everybody = listing.exportAccounts({ kind: 'system', purpose: 'operations' }, {});
    const first = await everybody[Symbol.asyncIterator]().next();
    async function* many() {
      for (let n = 0; n < 1000; n += 1) yield first.value;
    }
    vi.spyOn(listing, 'exportAccounts').mockImplementation(many);
    // The request itself, the first row, the two hundred and first.
    vi.spyOn(world.programs, 'get')
      .mockReturnValueOnce(hr)
      .mockReturnValueOnce(hr)
      .mockReturnValueOnce(undefined);
    const exporting = world.send('POST', '/api/v1/accounts/export', { body: {} });
    await expect(exporting).rejects.toThrow('terminated');
    expect(world.events().at(-1)).toMatchObject({
      action: 'account.export',
      evidence: { count: '200', whole: 'no', ending: 'rights-changed' },
    });
  });
});

describe('opening', () => {
  test('opens, tells where, and audits the program with form and reason', async () => {
    const { status, headers, body } = await open();
    expect([status, headers.get('Location')]).toEqual([
      201,
      `https://hub.example/api/v1/accounts/${String(body['id'])}`,
    ]);
    expect(body).toMatchObject({ status: 'not-opened', office: 'general', jurisdictionOid: '1.2.3.4' });
    expect(world.events().at(-1)).toMatchObject({ action: 'account.open', actor: 'client:hr', form: 'F-9' });
  });

  test('with one key opens once, however often and at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => open({}, { 'Idempotency-Key': 'k-1' })),
    );
    const done = answers.filter(({ status }) => status === 201);
    const rest = answers.filter(({ status }) => status !== 201);
    expect(new Set(done.map(({ body }) => body['id'])).size).toBe(1);
    expect(rest.every(({ body }) => body['code'] === 'in-progress')).toBe(true);
    const again = await open({}, { 'Idempotency-Key': 'k-1' });
    expect([again.status, again.body['id']]).toEqual([201, done[0]?.body['id']]);
    expect(world.directory.all()).toHaveLength(3);
    const other = await open({ name: '別人' }, { 'Idempotency-Key': 'k-1' });
    expect([other.status, other.body['code']]).toEqual([422, 'key-reused']);
  });

  test('a key whose request failed is free again', async () => {
    expect(
      (await open({ agency: { ...agency, oid: '1.2.9' }, unit: undefined }, { 'Idempotency-Key': 'k' }))
        .status,
    ).toBe(403);
    expect((await open({}, { 'Idempotency-Key': 'k' })).status).toBe(201);
  });

  test('organisations are named by OID: names and codes are the directory’s', async () => {
    const { status, body } = await open({
      agency: { oid: agency.oid, code: 'FFFFFFFFFF', name: '冒名機關' },
      unit: { oid: '1.2.3.4.1', name: '冒名科' },
    });
    expect([status, body['agency'], body['unit']]).toEqual([201, agency, { oid: '1.2.3.4.1', name: '一科' }]);
  });

  test.each([
    ['a unit that there is not', { unit: { oid: '1.2.3.4.77' } }, 'unit.oid'],
    ['an agency that is none', { agency: { oid: '1.2.3.4.1' }, unit: undefined }, 'agency.oid'],
  ])('with %s is refused and in the trail', async (_case, places, path) => {
    const { status, body } = await open(places);
    expect([status, body['errors']]).toMatchObject([400, [{ path }]]);
    expect(world.events().at(-1)).toMatchObject({ action: 'api.request', outcome: 'refused' });
  });

  test('a unit outside the subtree is refused as that, and in the trail, whether it exists or not', async () => {
    for (const place of ['1.2.3.40.1', '1.2.9']) {
      const { status, body } = await open({ unit: { oid: place } });
      expect([status, body['why'], body['about']]).toEqual([403, 'outside-jurisdiction', 'unit']);
      expect(world.events().at(-1)).toMatchObject({
        action: 'account.open',
        outcome: 'refused',
        reason: 'outside-jurisdiction',
      });
    }
  });

  test('the agency may lie above what the client sees, and is looked up there', async () => {
    world.programs.set('unit', { ...hr, clientId: 'unit', scopeOid: '1.2.3.4.1' });
    const account = { ...newcomer, agency: { oid: agency.oid }, unit: { oid: '1.2.3.4.1' } };
    const { status, body } = await world.send('POST', '/api/v1/accounts', {
      token: 'unit',
      body: { warrant, account },
    });
    expect([status, body['agency']]).toEqual([201, agency]);
  });

  test('of somebody who has an account: named where the client sees it', async () => {
    const seen = await open({ nationalId: 'A123456789' });
    expect([seen.status, seen.body]).toMatchObject([409, { code: 'not-unique', existing: ming.id }]);
    const hidden = await open({ nationalId: 'A800000014' });
    expect([hidden.status, hidden.body['existing']]).toEqual([409, undefined]);
  });
});

describe('changing', () => {
  test('name and contact; the revision and the ETag grow', async () => {
    const change = { name: '王大明', contact: { title: '科長', phone: null } };
    const { status, headers, body } = await world.send('PATCH', at(), {
      body: { warrant, change },
      headers: tagOf(ming),
    });
    expect([status, headers.get('ETag')]).toEqual([200, `"${ming.revision + 1}"`]);
    expect(body).toMatchObject({ name: '王大明', contact: { title: '科長', email: 'ming@example.test' } });
    expect(now().contact.phone).toBeUndefined();
  });

  test('the unit by its OID; the agency that somebody has is no change, however it is called', async () => {
    world.organizations.set('1.2.3.4.2', { oid: oid('1.2.3.4.2'), name: '二科' });
    world.organizations.set(agency.oid, { ...agency, name: '改制後的機關' });
    const change = { agency: { oid: agency.oid }, unit: { oid: '1.2.3.4.2', name: '冒名科' } };
    const { status, body } = await world.send('PATCH', at(), {
      body: { warrant, change },
      headers: tagOf(ming),
    });
    expect([status, body['unit'], body['agency']]).toEqual([200, { oid: '1.2.3.4.2', name: '二科' }, agency]);
  });

  test('the status, which ends sessions', async () => {
    const { body } = await world.send('PUT', at('/status'), {
      body: { warrant, status: 'disabled' },
      headers: tagOf(ming),
    });
    expect(body['status']).toBe('disabled');
    expect(world.followed).toContain(`end ${ming.id} account-disabled`);
  });

  test('roles of the categories held; those of others stay', async () => {
    const { status, body } = await world.send('PUT', at('/roles'), {
      body: { warrant, grants: [{ role: 'csm_user', until: '2026-12-31' }] },
      headers: tagOf(ming),
    });
    expect(status).toBe(200);
    expect(body['grants']).toEqual([{ role: 'fms_user' }, { role: 'csm_user', until: '2026-12-31' }]);
  });

  test('a one-day password, and back', async () => {
    const on = await world.send('POST', at('/one-day-password'), { body: { warrant }, headers: tagOf(ming) });
    expect([on.status, on.body]).toEqual([200, { day: '2026-03-02' }]);
    const off = await world.send('POST', at('/one-day-password/withdrawal'), {
      body: { warrant },
      headers: tagOf(now()),
    });
    expect([off.status, now().password.oneDay]).toEqual([200, undefined]);
    const twice = await world.send('POST', at('/one-day-password/withdrawal'), {
      body: { warrant },
      headers: tagOf(now()),
    });
    expect([twice.status, twice.body]).toMatchObject([
      409,
      { code: 'not-possible', why: 'not-enabled-today' },
    ]);
  });

  test('the opening password again; no certificate to be removed; the account for good', async () => {
    const reset = await world.send('POST', at('/password-reset'), {
      body: { warrant },
      headers: tagOf(ming),
    });
    expect([reset.status, now().status]).toEqual([200, 'not-opened']);
    const removal = await world.send('POST', at('/certificates/removal'), {
      body: { warrant },
      headers: tagOf(now()),
    });
    expect(removal.body['why']).toBe('not-registered');
    const gone = await world.send('POST', at('/removal'), { body: { warrant }, headers: tagOf(now()) });
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await world.send('GET', at())).status).toBe(404);
  });

  test('without the revision 428, with another 412, and nothing is written', async () => {
    const body = { warrant, status: 'disabled' };
    for (const headers of [{}, { 'If-Match': '*' }, { 'If-Match': '"1", "2"' }, { 'If-Match': '"0"' }]) {
      expect((await world.send('PUT', at('/status'), { body, headers })).status).toBe(428);
    }
    const stale = await world.send('PUT', at('/status'), { body, headers: { 'If-Match': '"1"' } });
    expect([stale.status, stale.body['code']]).toEqual([412, 'changed-meanwhile']);
    expect(now()).toEqual(ming);
  });

  test('of twenty changes of one revision at once one is written', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        world.send('PATCH', at(), { body: { warrant, change: { name: `王${n}` } }, headers: tagOf(ming) }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 412),
    ]);
  });
});

describe('turned away', () => {
  test.each([
    ['no token', '', 401, 'token-required'],
    ['an unknown token', 'nobody', 401, 'token-invalid'],
  ])('%s', async (_case, token, status, code) => {
    const answer = await world.send('GET', at(), { token });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers.get('WWW-Authenticate')).toContain('Bearer');
    expect(answer.body['request_id']).toBe(answer.headers.get('X-Request-Id'));
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
  });

  test('a scope that the token lacks, before the body is read, and it is in the trail', async () => {
    world.programs.set('reader', { ...hr, clientId: 'reader', scopes: ['accounts.read'] });
    const answer = await world.send('POST', '/api/v1/accounts', { token: 'reader', body: 'not even JSON' });
    expect([answer.status, answer.body]).toMatchObject([
      403,
      { code: 'not-permitted', why: 'scope-missing' },
    ]);
    expect(events()).toEqual(['account.open refused scope-missing']);
  });

  test('a client registered for a place that is none', async () => {
    world.programs.set('lost', { ...hr, clientId: 'lost', scopeOid: '' });
    expect((await world.send('GET', at(), { token: 'lost' })).status).toBe(403);
  });

  test.each([
    ['no warrant', { change: {} }],
    ['an empty reason', { warrant: { form: 'F-1', reason: ' ' }, change: {} }],
    ['its own ceiling in the change', { warrant, change: { jurisdictionOid: '1.2' } }],
    ['an office in the change', { warrant, change: { office: 'programme-officer' } }],
    ['a field beside it', { warrant, change: {}, actor: 'system:command' }],
    ['a prototype', `{"warrant":{"form":"F-1","reason":"r"},"change":{},"__proto__":{"scopes":["x"]}}`],
    ['a prototype deep inside', `{"warrant":{"form":"F-1","reason":"r","__proto__":{}},"change":{}}`],
    ['a list', []],
    ['no JSON', '{'],
    ['an invalid national ID', { warrant, change: { nationalId: 'A123456788' } }],
  ])('%s: 400, nothing written, in the trail', async (_case, body) => {
    const answer = await world.send('PATCH', at(), { body, headers: tagOf(ming) });
    expect([answer.status, answer.body['code']]).toEqual([400, 'invalid-input']);
    expect(now()).toEqual(ming);
    expect(events()).toEqual(['api.request refused invalid-input']);
    expect(answer.text).not.toContain('A123456788');
  });

  test('a body that is too large, of another type, or compressed', async () => {
    const send = (body: string, headers: Record<string, string> = {}) =>
      world.send('PATCH', at(), { body, headers: { ...tagOf(ming), ...headers } });
    expect((await send(`{"x":"${'x'.repeat(65_536)}"}`)).status).toBe(413);
    expect((await send('{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect((await send('{}', { 'Content-Type': 'application/json; charset=big5' })).status).toBe(415);
    expect((await send('{}', { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  test('unknown paths and methods', async () => {
    expect((await world.send('GET', '/api/v1/secrets')).body['code']).toBe('not-found');
    const method = await world.send('DELETE', at());
    expect([method.status, method.headers.get('Allow')]).toEqual([405, 'HEAD, GET, PATCH']);
  });

  test('a client that asks too often, until the minute is over; others are not', async () => {
    const strict = await openApiWorld(2);
    strict.programs.set('other', { ...hr, clientId: 'other' });
    const ask = async (token: string) =>
      (await strict.send('GET', '/api/v1/organizations?text=x', { token })).status;
    expect([await ask('hr'), await ask('hr'), await ask('hr'), await ask('other')]).toEqual([
      200, 200, 429, 200,
    ]);
    await strict.clock.advance(60_000);
    expect(await ask('hr')).toBe(200);
    await strict.close();
  });
});

test('the document is served to everybody', async () => {
  const { status, body } = await world.send('GET', '/api/v1/openapi.json', { token: '' });
  expect([status, body['openapi']]).toEqual([200, '3.1.0']);
});

test('an account that a manager holds is out of reach, by its rule', async () => {
  const boss = await openPerson(world.directory, {
    nationalId: known(ids[2]),
    office: 'manager',
    categories: ['csm'],
  });
  const answer = await world.send('PUT', `/api/v1/accounts/${boss.id}/status`, {
    body: { warrant, status: 'disabled' },
    headers: tagOf(boss),
  });
  expect([answer.status, answer.body['why']]).toEqual([403, 'manager-not-below']);
});
