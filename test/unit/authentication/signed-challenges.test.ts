import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSignedChallenges, type ChallengeOwner } from '#authentication/signed-challenges.ts';
import { realRandom } from '#test/support/real.ts';
import { openLoginStores } from './login-stores.ts';

const login: ChallengeOwner = { purpose: 'login', binding: 'interaction-1', clientId: 'csm' };

function challengesAt(issuer = 'https://sso.example.gov.tw') {
  const { oneTime: store, clock } = openLoginStores();
  const at = (address: string) =>
    createSignedChallenges({ store, random: realRandom, clock, issuer: address });
  return { challenges: at(issuer), at, clock };
}

test('names purpose and host, is random, and holds nothing that a URL would encode', async () => {
  const { challenges } = challengesAt('http://localhost:3000');
  const first = await challenges.issue(login);
  const second = await challenges.issue(login);
  expect(first.text).toMatch(/^hufu\.login\.v1\.localhost\.[A-Za-z0-9_-]{43}$/);
  expect(second.text).not.toBe(first.text);
  expect(encodeURIComponent(first.text)).toBe(first.text);
  const register = await challenges.issue({ ...login, purpose: 'register' });
  expect(register.text).toMatch(/^hufu\.register\.v1\.localhost\./);
});

test('gives the live challenge with its time and digest, once', async () => {
  const { challenges, clock } = challengesAt();
  const { text, validUntil } = await challenges.issue(login);
  expect(validUntil.getTime() - clock.now().getTime()).toBe(120_000);
  const issuedAt = clock.now();
  await clock.advance(60_000);
  const digest = createHash('sha256').update(text).digest('base64url');
  expect(await challenges.consume(login)).toEqual({ ok: true, challenge: { text, issuedAt, digest } });
  expect(await challenges.consume(login)).toEqual({ ok: false, reason: 'no-challenge' });
});

test('a challenge ends after two minutes', async () => {
  const { challenges, clock } = challengesAt();
  await challenges.issue(login);
  await clock.advance(119_999);
  expect(await challenges.consume(login)).toMatchObject({ ok: true });
  await challenges.issue(login);
  await clock.advance(120_000);
  expect(await challenges.consume(login)).toEqual({ ok: false, reason: 'no-challenge' });
});

test('a new challenge ends the one before', async () => {
  const { challenges } = challengesAt();
  await challenges.issue(login);
  const { text } = await challenges.issue(login);
  expect(await challenges.consume(login)).toMatchObject({ ok: true, challenge: { text } });
  expect(await challenges.consume(login)).toEqual({ ok: false, reason: 'no-challenge' });
});

test.each([
  ['another interaction', { ...login, binding: 'interaction-2' }],
  ['another purpose', { ...login, purpose: 'register' }],
  ['a review', { ...login, purpose: 'review' }],
] as const)('is not found by %s, and stays for its owner', async (_, stranger) => {
  const { challenges } = challengesAt();
  const { text } = await challenges.issue(login);
  expect(await challenges.consume(stranger)).toEqual({ ok: false, reason: 'no-challenge' });
  expect(await challenges.consume(login)).toMatchObject({ ok: true, challenge: { text } });
});

test('is refused to another client and at another origin', async () => {
  const { challenges, at } = challengesAt();
  await challenges.issue(login);
  expect(await challenges.consume({ ...login, clientId: 'fms' })).toEqual({
    ok: false,
    reason: 'foreign-challenge',
  });
  await challenges.issue(login);
  expect(await at('https://sso.example.gov.tw:8443').consume(login)).toEqual({
    ok: false,
    reason: 'foreign-challenge',
  });
});

test('of twenty at the same moment one gets it', async () => {
  const { challenges } = challengesAt();
  await challenges.issue(login);
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => challenges.consume(login)));
  expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
});
