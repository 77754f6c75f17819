import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, test } from 'vitest';
import { createProofOfWorkCaptcha } from '#authentication/captcha-proof-of-work.ts';
import { openLoginStores } from './login-stores.ts';

interface Payload {
  challenge: Challenge;
  solution: { counter: number; derivedKey: string; time?: number };
}

function captchaWorld() {
  // The library looks at the machine's own time as well.
  const { oneTime: store, clock } = openLoginStores(new Date());
  const policy = { cost: 1, lifetimeMinutes: 10 };
  const captcha = createProofOfWorkCaptcha({ secret: Buffer.alloc(32, 1), store, clock, policy });
  return { captcha, clock, store };
}

async function solve(challenge: Challenge): Promise<Payload> {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('no solution');
  return { challenge, solution };
}

const encode = (payload: unknown): string => Buffer.from(JSON.stringify(payload)).toString('base64');

async function solved() {
  const world = captchaWorld();
  return { ...world, payload: await solve(await world.captcha.challenge('login-1')) };
}

test('a solution counts, once', async () => {
  const { captcha, payload } = await solved();
  expect(await captcha.redeem('login-1', encode(payload))).toBe(true);
  expect(await captcha.redeem('login-1', encode(payload))).toBe(false);
});

test('of twenty at the same moment one counts', async () => {
  const { captcha, payload } = await solved();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => captcha.redeem('login-1', encode(payload))),
  );
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test('another solution of a used challenge does not count', async () => {
  const { captcha, payload } = await solved();
  expect(await captcha.redeem('login-1', encode(payload))).toBe(true);
  const more = await solveChallenge({
    challenge: payload.challenge,
    deriveKey,
    counterStart: payload.solution.counter + 1,
  });
  expect(await captcha.redeem('login-1', encode({ ...payload, solution: more }))).toBe(false);
});

test('it counts for its own login alone, and trying it elsewhere does not use it up', async () => {
  const { captcha, payload } = await solved();
  expect(await captcha.redeem('login-2', encode(payload))).toBe(false);
  expect(await captcha.redeem('', encode(payload))).toBe(false);
  expect(await captcha.redeem('login-1', encode(payload))).toBe(true);
});

test('it counts until its time is over', async () => {
  const { captcha, clock, payload } = await solved();
  await clock.advance(10 * 60_000);
  expect(await captcha.redeem('login-1', encode(payload))).toBe(false);
});

test('it does not count under another secret', async () => {
  const { clock, store, payload } = await solved();
  const policy = { cost: 1, lifetimeMinutes: 10 };
  const other = createProofOfWorkCaptcha({ secret: Buffer.alloc(32, 2), store, clock, policy });
  expect(await other.redeem('login-1', encode(payload))).toBe(false);
});

describe('a solution is refused', () => {
  const parametersOf = (payload: Payload, changes: object): Payload => ({
    ...payload,
    challenge: { ...payload.challenge, parameters: { ...payload.challenge.parameters, ...changes } },
  });
  const solutionOf = (payload: Payload, changes: object): Payload => ({
    ...payload,
    solution: { ...payload.solution, ...changes },
  });
  const signed = (payload: Payload, signature: unknown) => ({
    ...payload,
    challenge: { ...payload.challenge, signature },
  });

  test.each<[string, (payload: Payload) => unknown]>([
    [
      'made by itself, unsigned',
      (payload) => ({ ...payload, challenge: { parameters: payload.challenge.parameters } }),
    ],
    ['with an empty signature', (payload) => signed(payload, '')],
    ['with a signature of another kind', (payload) => signed(payload, 1)],
    [
      'with the signature in capitals',
      (payload) => signed(payload, payload.challenge.signature?.toUpperCase()),
    ],
    ['with a longer life', (payload) => parametersOf(payload, { expiresAt: 4_000_000_000 })],
    ['without an end of life', (payload) => parametersOf(payload, { expiresAt: undefined })],
    ['with a shorter prefix', (payload) => parametersOf(payload, { keyPrefix: '' })],
    ['of less cost', (payload) => parametersOf(payload, { cost: 0 })],
    ['of enormous cost', (payload) => parametersOf(payload, { cost: 2 ** 31 })],
    ['with another algorithm', (payload) => parametersOf(payload, { algorithm: 'SHA-256' })],
    ['with a parameter more', (payload) => parametersOf(payload, { data: { a: 1 } })],
    ['with another nonce', (payload) => parametersOf(payload, { nonce: '00'.repeat(16) })],
    ['with another counter', (payload) => solutionOf(payload, { counter: payload.solution.counter + 1 })],
    ['with a counter that no browser reaches', (payload) => solutionOf(payload, { counter: 2 ** 40 })],
    ['with a negative counter', (payload) => solutionOf(payload, { counter: -1 })],
    ['with another key', (payload) => solutionOf(payload, { derivedKey: '00'.repeat(32) })],
    ['with a key that is no hex', (payload) => solutionOf(payload, { derivedKey: '字'.repeat(32) })],
    ['with a key of odd length', (payload) => solutionOf(payload, { derivedKey: 'abc' })],
    ['without a key', (payload) => solutionOf(payload, { derivedKey: '' })],
    ['without a solution', ({ challenge }) => ({ challenge })],
    ['that is null', () => null],
    ['that is a list', () => []],
    ['that is a number', () => 1],
  ])('%s', async (_, change) => {
    const { captcha, payload } = await solved();
    expect(await captcha.redeem('login-1', encode(change(payload)))).toBe(false);
    // And does not use up the right one.
    expect(await captcha.redeem('login-1', encode(payload))).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['no JSON', Buffer.from('{').toString('base64')],
    ['64 kB', 'A'.repeat(65_536)],
    ['deep JSON', Buffer.from('['.repeat(3000)).toString('base64')],
  ])('when it is %s', async (_, text) => {
    expect(await captchaWorld().captcha.redeem('login-1', text)).toBe(false);
  });
});
