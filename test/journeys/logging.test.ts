import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubLogFile, noteCanary } from '../support/hub/canaries.ts';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, signingIn, submitPassword } from '../support/hub/signing-in.ts';

let world: HubWorld;

beforeAll(async () => {
  world = await startHubWorld();
});
afterAll(() => world.close());

interface Line {
  readonly msg: string;
  readonly requestId?: string;
  readonly route?: string;
}

function logLines(): Line[] {
  return readFileSync(hubLogFile(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

test('every request has exactly one line, named by its route, whatever was asked', async () => {
  const at = signingIn(world);
  const paths = [
    '/',
    '/health/live',
    '/nowhere',
    '/.well-known/openid-configuration',
    '/oidc/auth?client_id=nobody',
    '/assets/x/y',
  ];
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const ids: string[] = [];
  for (const path of [...paths, form.url.pathname]) {
    const response = await at.browser.fetch(path);
    await response.arrayBuffer();
    ids.push(response.headers.get('X-Request-Id') ?? '');
  }
  await expect
    .poll(
      () =>
        logLines().filter(({ msg, requestId }) => msg === 'request' && ids.includes(requestId ?? '')).length,
    )
    .toBe(ids.length);
  const routes = logLines().map(({ route }) => route);
  expect(routes).toContain('/interaction/:uid/one-day-password');
  expect(routes.join(' ')).not.toContain(form.url.pathname.split('/')[2]);
});

test('canaries in every place a request has are in no line', async () => {
  const canary = 'CANARY-7f3a9c';
  const nationalId = 'F830000009';
  noteCanary(canary);
  noteCanary(nationalId);
  const at = signingIn(world);
  const login = authorizationRequest(world, 'csm', { login_hint: nationalId, state: canary });
  const form = await at.open(login.url);
  await submitPassword(at, form, { account: nationalId, password: `${canary}-Password1`, code: '12345678' });
  await submitPassword(at, form, {
    account: `${nationalId}\n{"msg":"forged"}`,
    password: canary,
    code: canary,
  });
  const headers = {
    Authorization: `Bearer ${canary}`,
    'X-Request-Id': canary,
    'User-Agent': canary,
    Referer: `http://${canary}/`,
  };
  for (const path of [
    '/oidc/userinfo',
    `/${canary}?q=${nationalId}`,
    `/interaction/${canary}`,
    '/oidc/session/end?id_token_hint=' + canary,
  ]) {
    await (await fetch(new URL(path, world.origin), { headers })).arrayBuffer();
  }
  const token = {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: canary,
      client_id: canary,
      client_secret: canary,
    }),
  };
  await (await fetch(new URL('/oidc/token', world.origin), token)).arrayBuffer();
  await (
    await fetch(new URL('/oidc/auth', world.origin), { method: 'POST', body: `${canary}=%ff` })
  ).arrayBuffer();
  await expect.poll(() => logLines().some(({ route }) => route === '/oidc/token')).toBe(true);
  const text = readFileSync(hubLogFile(), 'utf8');
  expect(text).not.toContain(canary);
  expect(text).not.toContain(nationalId);
  expect(text).not.toContain('forged');
});
