import { describe, expect, it } from 'vitest';
import { createPasswordHashing, hashPassword, verifyPassword } from '#src/authentication/password-hash.ts';
import { realRandom } from '#test/support/real.ts';

const fixedSalt = { ...realRandom, bytes: (length: number) => Buffer.alloc(length, 7) };

describe('a password hash', () => {
  it('is a PHC string of argon2id without padding, with the scheme slapd reads', async () => {
    expect(await hashPassword('Correct-Horse-1', fixedSalt)).toMatch(
      /^\{ARGON2\}\$argon2id\$v=19\$m=19456,t=2,p=1\$BwcHBwcHBwcHBwcHBwcHBw\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it('has a salt of its own each time', async () => {
    const hashing = createPasswordHashing(realRandom);
    expect(await hashing.hash('x')).not.toBe(await hashing.hash('x'));
  });

  it('verifies its own password alone, after NFC', async () => {
    const hash = await hashPassword('cafe\u0301-密碼', realRandom);
    expect(await verifyPassword('caf\u00e9-密碼', hash)).toBe(true);
    expect(await verifyPassword('cafe-密碼', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('verifies a hash of other cost, made by the reference implementation', async () => {
    const reference =
      '{ARGON2}$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await verifyPassword('password', reference)).toBe(true);
    expect(await verifyPassword('Password', reference)).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['another scheme', '{SSHA}9Zl0yX7q8Ku3m1'],
    ['plain text', 'x'],
    [
      'argon2i',
      '{ARGON2}$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
    ],
    [
      'memory of 95 GiB',
      '{ARGON2}$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQw',
    ],
    ['no lanes', '{ARGON2}$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQw'],
  ])('is false for %s', async (_, stored) => {
    expect(await verifyPassword('x', stored)).toBe(false);
  });
});
