/**
 * Password hashes as the directory keeps them in userPassword: a PHC string of argon2id with the scheme that slapd
 * reads in front, `{ARGON2}$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
 */
import { argon2, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordHashing } from '#domain/password-hashing.ts';
import type { Random } from '#domain/random.ts';

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

/** OWASP's least for argon2id: 19 MiB (given in KiB), two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltLength = 16;
const hashLength = 32;
/** What is verified is bounded, so that a stored value cannot ask for all the memory there is. */
const bounds = { memory: 1_048_576, passes: 32, parallelism: 16, hash: 128, salt: 128 } as const;

const phcPattern =
  /^\{ARGON2\}\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{22,})$/;

export function createPasswordHashing(random: Random): PasswordHashing {
  return { hash: (password) => hashPassword(password, random), verify: verifyPassword };
}

/** The hash of `password` (after NFC) under a new salt. */
export async function hashPassword(password: string, random: Random): Promise<string> {
  const salt = random.bytes(saltLength);
  const hash = await compute(password, { salt, ...cost, length: hashLength });
  const { memory, passes, parallelism } = cost;
  return `{ARGON2}$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(hash)}`;
}

/** Whether `password` (after NFC) is the one behind `stored`; false for a value that is not such a hash. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  if (!parsed) return false;
  const hash = await compute(password, { ...parsed, length: parsed.hash.length });
  return timingSafeEqual(hash, parsed.hash);
}

interface HashParameters {
  readonly salt: Buffer;
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

function parse(stored: string): (HashParameters & { readonly hash: Buffer }) | undefined {
  const match = phcPattern.exec(stored);
  if (!match) return undefined;
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  const salt = Buffer.from(match[4] ?? '', 'base64');
  const hash = Buffer.from(match[5] ?? '', 'base64');
  const bounded =
    parallelism >= 1 &&
    parallelism <= bounds.parallelism &&
    memory >= 8 * parallelism &&
    memory <= bounds.memory &&
    passes >= 1 &&
    passes <= bounds.passes &&
    salt.length <= bounds.salt &&
    hash.length <= bounds.hash;
  return bounded ? { memory, passes, parallelism, salt, hash } : undefined;
}

function compute(password: string, { salt, length, ...rest }: HashParameters & { length: number }) {
  return derive('argon2id', {
    message: Buffer.from(password.normalize('NFC'), 'utf8'),
    nonce: salt,
    memory: rest.memory,
    passes: rest.passes,
    parallelism: rest.parallelism,
    tagLength: length,
  });
}

/** Base64 without padding, as the PHC format has it. */
function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
