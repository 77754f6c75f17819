import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLogOutTokens } from '#provider/back-channel-token.ts';
import { verifyJwt } from '#test/support/provider/verify-jwt.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const pairs = {
  'rsa-1': generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'ec-1': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ed-1': generateKeyPairSync('ed25519'),
};
const privateKeys = Object.entries(pairs).map(([kid, { privateKey }]) => ({
  ...privateKey.export({ format: 'jwk' }),
  kid,
}));
const published: JsonWebKey[] = Object.entries(pairs).map(([kid, { publicKey }]) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
}));

const clock = createSetClock();
const tokens = createLogOutTokens({
  issuer: 'https://sso.example',
  signingKeys: { keys: privateKeys },
  clock,
  random: realRandom,
});
const notice = { clientId: 'csm', sub: 'somebody', sid: 'the sid' };

test.each([
  ['RS256', 'rsa-1'],
  ['PS256', 'rsa-1'],
  ['ES256', 'ec-1'],
  ['EdDSA', 'ed-1'],
])('a token signed with %s is verified with the published key', (alg, kid) => {
  const { header, claims } = verifyJwt(tokens.makeToken(notice, alg), published);
  const now = clock.now().getTime() / 1000;
  expect(header).toEqual({ typ: 'logout+jwt', alg, kid });
  expect(claims).toEqual({
    iss: 'https://sso.example',
    aud: 'csm',
    iat: now,
    exp: now + 120,
    jti: expect.any(String),
    sub: 'somebody',
    sid: 'the sid',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
});

test('each token has an identifier of its own, also for the same notice', () => {
  const ids = [1, 2, 3].map(() => verifyJwt(tokens.makeToken(notice, 'ES256'), published).claims['jti']);
  expect(new Set(ids).size).toBe(3);
});

test.each(['none', 'HS256', 'constructor', 'RS512'])('nothing is signed with %s', (alg) => {
  expect(() => tokens.makeToken(notice, alg)).toThrow('no key signs');
});

test('a key set aside for another algorithm is not used', () => {
  const [rsa] = privateKeys;
  const set = createLogOutTokens({
    issuer: 'https://sso.example',
    signingKeys: { keys: rsa ? [{ ...rsa, alg: 'RS256' }] : [] },
    clock,
    random: realRandom,
  });
  expect(() => set.makeToken(notice, 'PS256')).toThrow('no key signs PS256');
});
