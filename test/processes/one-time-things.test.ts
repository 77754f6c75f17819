/** Two processes on one data folder: whatever may be used once is used once, however many ask at the same moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '#src/compose/services.ts';
import { createHttpBrowser } from '#test/support/http-browser.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import { callbackUri, type Person } from '#test/support/hub/hub-world.ts';
import {
  authorizationRequest,
  readTokens,
  solveCaptcha,
  tokenRequest,
  type AuthorizationRequest,
  type Shown,
  type SigningIn,
} from '#test/support/hub/signing-in.ts';
import { activePerson, issueCode } from '#test/support/hub/people.ts';
import { auditedFacts, type AuditedFact, type Installation } from '#test/support/processes/installation.ts';
import { startTwoProcesses, type TwoProcesses } from '#test/support/processes/two-processes.ts';

const twenty = Array.from({ length: 20 }, (_, nth) => nth);
const password = 'Correct-horse-7-battery';

let world: TwoProcesses;
let installation: Installation;
let services: Services;

beforeAll(async () => {
  world = await startTwoProcesses();
  ({ installation, services } = world);
});
afterAll(() => world.close());

interface Visit {
  readonly request: AuthorizationRequest;
  readonly page: Shown;
  /** The same browser, the nth request of many led to the nth process in turn. */
  through(nth: number): SigningIn;
}

async function openLoginPage(): Promise<Visit> {
  const browser = createHttpBrowser(installation.origin);
  const through = (nth: number) => world.through(browser, nth);
  const request = authorizationRequest(installation, 'csm');
  return { request, page: await through(0).open(request.url), through };
}

interface Typed {
  readonly password?: string;
  readonly code?: string;
  readonly altcha: string;
}

async function post({ page, through }: Visit, nth: number, person: Person, typed: Typed): Promise<Response> {
  const fields = { csrf: page.csrf, action: 'login', account: person.nationalId, password, code: '00000000' };
  const response = await through(nth).browser.fetch(page.url, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...typed }),
    headers: { Origin: installation.origin },
  });
  await response.arrayBuffer();
  return response;
}

async function solutions({ page, through }: Visit, count = twenty.length): Promise<string[]> {
  const found: string[] = [];
  while (found.length < count) found.push(await solveCaptcha(through(found.length), page));
  return found;
}

async function logIn(visit: Visit, person: Person): Promise<Shown> {
  const code = await issueCode(services, person, visit.page);
  const [altcha = ''] = await solutions(visit, 1);
  const response = await post(visit, 1, person, { code, altcha });
  expect(response.status).toBe(303);
  return visit.through(0).open(response.headers.get('Location') ?? '');
}

async function factsDuring(act: () => Promise<unknown>): Promise<readonly AuditedFact[]> {
  const { sequence } = await services.stores.records.audit.head();
  await act();
  return auditedFacts(services, sequence);
}

function countOf(facts: readonly AuditedFact[], reason: string | undefined): number {
  return facts.filter((fact) => fact.action === 'login.attempt' && fact.reason === reason).length;
}

test('of twenty who give one mailed code at the same moment one goes on, and the day is not lost for it', async () => {
  const person = await activePerson(services, { n: 1, roles: ['csm_user_nocert'] }, password);
  const visit = await openLoginPage();
  const solved = await solutions(visit);
  const code = await issueCode(services, person, visit.page);
  let statuses: number[] = [];
  const facts = await factsDuring(async () => {
    const answers = await Promise.all(
      solved.map((altcha, nth) => post(visit, nth, person, { code, altcha })),
    );
    statuses = answers.map(({ status }) => status);
  });
  expect(statuses.filter((status) => status === 303)).toHaveLength(1);
  // The others came too late for the code, or for the whole interaction.
  expect(statuses.filter((status) => status === 422 || status === 400)).toHaveLength(19);
  expect(countOf(facts, undefined)).toBe(1);
  const again = await logIn(await openLoginPage(), person);
  expect(again.leads?.searchParams.get('code')).toBeTruthy();
});

test('of twenty redemptions of one authorization code one gets tokens, and they are dead', async () => {
  const person = await activePerson(services, { n: 2, roles: ['csm_user_nocert'] }, password);
  const visit = await openLoginPage();
  const entered = await logIn(visit, person);
  const code = entered.leads?.searchParams.get('code') ?? '';
  noteCanary(code);
  const body = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callbackUri,
    code_verifier: visit.request.verifier,
  };
  const answers = await Promise.all(twenty.map((nth) => tokenRequest(at(nth), 'csm', body)));
  const [won, ...more] = answers.filter(({ status }) => status === 200);
  expect(more).toHaveLength(0);
  if (!won) throw new Error('nobody got tokens');
  for (const answer of answers) if (answer !== won) await expectInvalidGrant(answer);
  const { access_token } = await readTokens(won);
  const userinfo = await fetch(new URL('/oidc/userinfo', installation.origin), {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  expect(userinfo.status).toBe(401);
});

test('of twenty uses of one refresh token one succeeds at most, and the reuse ends all of them', async () => {
  const person = await activePerson(services, { n: 3, roles: ['csm_user_nocert'] }, password);
  const visit = await openLoginPage();
  const entered = await logIn(visit, person);
  const code = entered.leads?.searchParams.get('code') ?? '';
  noteCanary(code);
  const first = await readTokens(
    await tokenRequest(at(1), 'csm', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callbackUri,
      code_verifier: visit.request.verifier,
    }),
  );
  const refresh = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token });
  const used = refresh(first.refresh_token ?? '');
  const answers = await Promise.all(twenty.map((nth) => tokenRequest(at(nth), 'csm', used)));
  const [won, ...more] = answers.filter(({ status }) => status === 200);
  expect(more).toHaveLength(0);
  for (const answer of answers) if (answer !== won) await expectInvalidGrant(answer);
  if (!won) return;
  const next = await readTokens(won);
  await expectInvalidGrant(await tokenRequest(at(1), 'csm', refresh(next.refresh_token ?? '')));
});

test('a captcha solved once and posted twenty times counts once', async () => {
  const person = await activePerson(services, { n: 4 }, password);
  const visit = await openLoginPage();
  const [altcha = ''] = await solutions(visit, 1);
  const facts = await factsDuring(() =>
    Promise.all(twenty.map((nth) => post(visit, nth, person, { password: 'wrong', altcha }))),
  );
  expect(countOf(facts, 'wrong-password')).toBe(1);
  expect(countOf(facts, 'captcha')).toBe(19);
});

test('twenty wrong captchas at once count for nothing, twenty wrong passwords lock after five', async () => {
  const person = await activePerson(services, { n: 5, roles: ['csm_user_nocert'] }, password);
  const visit = await openLoginPage();
  const withoutCaptcha = await factsDuring(() =>
    Promise.all(twenty.map((nth) => post(visit, nth, person, { password: 'wrong', altcha: 'bm9uZQ==' }))),
  );
  expect(countOf(withoutCaptcha, 'captcha')).toBe(20);
  // Four wrong ones are not five: the name is open still, and a right password forgives them.
  const four = await solutions(visit, 4);
  await Promise.all(four.map((altcha, nth) => post(visit, nth, person, { password: 'wrong', altcha })));
  await logIn(visit, person);

  const another = await openLoginPage();
  const solved = await solutions(another);
  const facts = await factsDuring(() =>
    Promise.all(solved.map((altcha, nth) => post(another, nth, person, { password: 'wrong', altcha }))),
  );
  expect(countOf(facts, 'wrong-password')).toBe(5);
  expect(countOf(facts, 'locked')).toBe(15);
  const code = await issueCode(services, person, another.page);
  const [altcha = ''] = await solutions(another, 1);
  const refused = await factsDuring(() => post(another, 1, person, { code, altcha }));
  expect(countOf(refused, 'locked')).toBe(1);
});

function at(nth: number): { readonly origin: string } {
  const { origin, origins } = installation;
  return { origin: origins[nth % origins.length] ?? origin };
}

async function expectInvalidGrant(answer: Response): Promise<void> {
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
}
