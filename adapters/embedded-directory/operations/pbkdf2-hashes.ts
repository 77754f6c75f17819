import { pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

export interface Pbkdf2Hash {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

/** What one login may cost: about a second of one core. */
const mostIterations = 2_000_000;

/**
 * Takes a PBKDF2 hash apart, in one of two notations; undefined for anything else or one that costs too much.
 * - slapd's pw-pbkdf2 (and passlib): `{PBKDF2}` or `{PBKDF2-SHA1}`, `{PBKDF2-SHA256}`, `{PBKDF2-SHA512}`, then
 *   iterations `$` salt `$` digest, both in base64 without padding and with `.` for `+`.
 * - Dovecot: `{PBKDF2}$1$` salt as text `$` iterations `$` SHA-1 digest in hex.
 */
export function parsePbkdf2(text: string): Pbkdf2Hash | undefined {
  const hash = parseSlapd(text) ?? parseDovecot(text);
  const sound =
    hash !== undefined &&
    hash.iterations >= 1 &&
    hash.iterations <= mostIterations &&
    hash.salt.length > 0 &&
    hash.digest.length >= 16 &&
    hash.digest.length <= 64;
  return sound ? hash : undefined;
}

function parseSlapd(text: string): Pbkdf2Hash | undefined {
  const found =
    /^\{PBKDF2(?:-(SHA1|SHA256|SHA512))?\}(\d{1,8})\$([A-Za-z0-9./+]+)={0,2}\$([A-Za-z0-9./+]+)={0,2}$/i.exec(
      text,
    );
  if (!found) return undefined;
  const decode = (part = '') => Buffer.from(part.replaceAll('.', '+'), 'base64');
  return {
    algorithm: (found[1] ?? 'SHA1').toLowerCase() as Pbkdf2Hash['algorithm'],
    iterations: Number(found[2]),
    salt: decode(found[3]),
    digest: decode(found[4]),
  };
}

function parseDovecot(text: string): Pbkdf2Hash | undefined {
  const found = /^\{PBKDF2\}\$1\$([^$]+)\$(\d{1,8})\$((?:[0-9a-f]{2})+)$/i.exec(text);
  if (!found) return undefined;
  return {
    algorithm: 'sha1',
    iterations: Number(found[2]),
    salt: Buffer.from(found[1] ?? ''),
    digest: Buffer.from(found[3] ?? '', 'hex'),
  };
}

export async function meetsPbkdf2(password: Buffer, hash: Pbkdf2Hash): Promise<boolean> {
  const derived = await derive(password, hash.salt, hash.iterations, hash.digest.length, hash.algorithm);
  return timingSafeEqual(derived, hash.digest);
}
