import { argon2Sync, createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPasswordVerifier } from '#adapters/embedded-directory/operations/verify-password.ts';

const verifier = createPasswordVerifier();
const salt = Buffer.from('sixteen bytes of');

function argon2(password: string, algorithm: 'argon2id' | 'argon2i' = 'argon2id', memory = 64): string {
  const digest = argon2Sync(algorithm, {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory,
    passes: 1,
  });
  const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `{ARGON2}$${algorithm}$v=19$m=${memory},t=1,p=1$${encode(salt)}$${encode(digest)}`;
}
const ssha = (password: string) =>
  `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`;
const verify = (password: string, ...hashes: string[]) =>
  verifier.verify(
    Buffer.from(password),
    hashes.map((hash) => Buffer.from(hash)),
  );

test.each([argon2('right'), argon2('right', 'argon2i'), ssha('right')])(
  '%s: right and wrong',
  async (hash) => {
    expect(await verify('right', hash)).toBe(true);
    expect(await verify('wrong', hash)).toBe(false);
  },
);

test('one of several hashes is enough', async () => {
  expect(await verify('right', argon2('other'), ssha('right'))).toBe(true);
  expect(await verify('right', ssha('other'), argon2('right'))).toBe(true);
});

test.each([
  ['none', ''],
  ['a password in clear', 'right'],
  ['an unknown scheme', '{CRYPT}right'],
  ['a hash that asks for more memory than allowed', argon2('right').replace('m=64', 'm=9999999')],
  ['a hash of nothing', argon2('right').replace(/\$[^$]*$/, '$AAAA')],
  ['a salted hash of nothing', '{SSHA}AAAA'],
])('%s: no password is right', async (_, hash) => {
  expect(await verify('right', hash)).toBe(false);
});

test('no hash at all: the decoy is computed, and no password is right', async () => {
  expect(await verify('right')).toBe(false);
});

test('many at once all get their answer', async () => {
  const hash = argon2('right');
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => verify(index % 2 === 0 ? 'right' : 'wrong', hash)),
  );
  expect(answers.filter(Boolean)).toHaveLength(15);
});
