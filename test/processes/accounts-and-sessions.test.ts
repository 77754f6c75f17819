/** Two processes on one data folder: an account is activated once, and a session is the same at both. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '#src/compose/services.ts';
import { createHttpBrowser, type HttpBrowser } from '#test/support/http-browser.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import type { Person } from '#test/support/hub/hub-world.ts';
import {
  authorizationRequest,
  redeemCode,
  submitPassword,
  tokenRequest,
  type Shown,
  type SigningIn,
} from '#test/support/hub/signing-in.ts';
import { accountNow, activePerson, issueCode, openPerson } from '#test/support/hub/people.ts';
import { auditedFacts, type Installation } from '#test/support/processes/installation.ts';
import { startTwoProcesses, type TwoProcesses } from '#test/support/processes/two-processes.ts';

const password = 'Correct-horse-7-battery';

let world: TwoProcesses;
let installation: Installation;
let services: Services;

beforeAll(async () => {
  world = await startTwoProcesses();
  ({ installation, services } = world);
});
afterAll(() => world.close());

const through = (browser: HttpBrowser, nth: number): SigningIn => world.through(browser, nth);

async function submit(at: SigningIn, page: Shown, person: Person, typed: string): Promise<Shown> {
  const code = await issueCode(services, person, page);
  return submitPassword(at, page, { account: person.nationalId, password: typed, code });
}

test('of twenty activations of one account with twenty passwords from five browsers one is effective', async () => {
  const person = await openPerson(services, { n: 11 });
  const passwords = Array.from({ length: 20 }, (_, nth) => `Correct-horse-${nth}-battery`);
  for (const each of passwords) noteCanary(each);
  const ready: { browser: HttpBrowser; page: Shown }[] = [];
  for (let nth = 0; nth < 5; nth += 1) {
    const browser = createHttpBrowser(installation.origin);
    const at = through(browser, nth);
    const form = await at.open(authorizationRequest(installation, 'csm').url);
    const rules = await submit(at, form, person, person.openingPassword);
    const page = await at.post(rules.url, { csrf: rules.csrf, version: '2026-1', agree: 'yes' });
    expect(page.url.pathname).toMatch(/\/change-password$/);
    ready.push({ browser, page });
  }
  const { sequence } = await services.stores.records.audit.head();

  const answers = await Promise.all(
    passwords.map(async (each, nth) => {
      const { browser, page } = ready[nth % ready.length] ?? { browser: undefined, page: undefined };
      if (!browser) throw new Error('no browser');
      const fields = { csrf: page.csrf, new_password: each, new_password_again: each };
      return through(browser, nth).post(page.url, fields);
    }),
  );

  // Everyone is led back to the door, which says what has become of it.
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(answer.url.pathname).toMatch(/\/one-day-password$/);
    expect(answer.html).toMatch(/帳號已開通|請重新登入/);
  }
  const effective: string[] = [];
  for (const each of passwords) {
    const account = await accountNow(services, person);
    if (await services.directory.passwords.checkPassword(account, each)) effective.push(each);
  }
  expect(effective).toHaveLength(1);
  expect(await accountNow(services, person)).toMatchObject({ status: 'enabled', revision: 2 });

  const facts = (await auditedFacts(services, sequence)).filter(
    ({ action }) => action === 'account.activate',
  );
  const ofOutcome = (outcome: string) => facts.filter((fact) => fact.outcome === outcome);
  expect(ofOutcome('done')).toHaveLength(1);
  const settled = facts.flatMap(({ settles }) => settles ?? []);
  expect(settled.toSorted()).toEqual(
    ofOutcome('intended')
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(ofOutcome('failed').every(({ reason }) => reason === 'changed-meanwhile')).toBe(true);

  const again = createHttpBrowser(installation.origin);
  const form = await through(again, 1).open(authorizationRequest(installation, 'csm').url);
  const entered = await submit(through(again, 1), form, person, effective[0] ?? '');
  expect(entered.url.pathname).toMatch(/\/admission$/);
});

test('a session begun at one process is good at the other, and over at both after a log-out at one', async () => {
  const person = await activePerson(services, { n: 12, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
  const browser = createHttpBrowser(installation.origin);
  const [one, other] = [through(browser, 0), through(browser, 1)];
  const csm = authorizationRequest(installation, 'csm');
  const entered = await submit(one, await one.open(csm.url), person, password);
  const tokens = await redeemCode(installation, csm, entered);
  const silent = authorizationRequest(installation, 'fms', { prompt: 'none' });
  expect((await other.open(silent.url)).leads?.searchParams.get('code')).toBeTruthy();
  const home = await other.open('/');
  expect(home).toMatchObject({ status: 200, url: { pathname: '/' } });
  const before = new Map(browser.cookies);

  const out = await other.post('/log-out', { csrf: home.csrf });
  expect(out.url.pathname).toBe('/logged-out');

  // A thief of the cookie, or a tab that has not noticed.
  for (const nth of [0, 1]) {
    const kept = createHttpBrowser(installation.origin);
    for (const [name, value] of before) if (/session/.test(name)) kept.setCookie(name, value);
    const at = through(kept, nth);
    expect((await at.open(silent.url)).leads?.searchParams.get('error')).toBe('login_required');
    expect((await at.open('/')).url.pathname).toMatch(/\/one-day-password$/);
    const refreshed = await tokenRequest({ origin: installation.origins[nth] ?? '' }, 'csm', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(refreshed.status).toBe(400);
  }
});
