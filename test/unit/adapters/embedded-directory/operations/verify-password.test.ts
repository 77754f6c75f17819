import { argon2Sync, createHash, pbkdf2Sync } from 'node:crypto';
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
const salted = (scheme: string, algorithm: string) => (password: string) => {
  const digest = createHash(algorithm).update(password).update(salt).digest();
  return `{${scheme}}${Buffer.concat([digest, salt]).toString('base64')}`;
};
const pbkdf2 = (scheme: string, algorithm: string, length: number) => (password: string) => {
  const ab64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '').replaceAll('+', '.');
  return `{${scheme}}1000$${ab64(salt)}$${ab64(pbkdf2Sync(password, salt, 1000, length, algorithm))}`;
};
const dovecot = (password: string) =>
  `{PBKDF2}$1$plainsalt$1000$${pbkdf2Sync(password, 'plainsalt', 1000, 20, 'sha1').toString('hex')}`;
const verify = (password: string, ...hashes: string[]) =>
  verifier.verify(
    Buffer.from(password),
    hashes.map((hash) => Buffer.from(hash)),
  );

test.each([
  argon2('right'),
  argon2('right', 'argon2i'),
  ssha('right'),
  salted('SSHA256', 'sha256')('right'),
  salted('SSHA384', 'sha384')('right'),
  salted('SSHA512', 'sha512')('right'),
  pbkdf2('PBKDF2', 'sha1', 20)('right'),
  pbkdf2('PBKDF2-SHA1', 'sha1', 20)('right'),
  pbkdf2('PBKDF2-SHA256', 'sha256', 32)('right'),
  pbkdf2('PBKDF2-SHA512', 'sha512', 64)('right'),
  dovecot('right'),
])('%s: right and wrong', async (hash) => {
  expect(await verify('right', hash)).toBe(true);
  expect(await verify('wrong', hash)).toBe(false);
});

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
  ['a salted hash under the name of another', salted('SSHA512', 'sha256')('right')],
  ['an unsalted hash', `{SSHA256}${createHash('sha256').update('right').digest('base64')}`],
  ['a PBKDF2 hash of nothing', '{PBKDF2-SHA256}1000$c2FsdA$'],
  ['a PBKDF2 hash that costs too much', pbkdf2('PBKDF2', 'sha1', 20)('right').replace('1000', '99999999')],
  ['a PBKDF2 hash without iterations', pbkdf2('PBKDF2', 'sha1', 20)('right').replace('1000', '0')],
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
