import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { meetsPbkdf2, parsePbkdf2 } from './pbkdf2-hashes.ts';
import { meetsSalted } from './salted-hashes.ts';

const deriveArgon2 = promisify(argon2);

/** Cost of the decoy: that of the hashes Hufu writes. */
const decoyParameters = { memory: 19_456, passes: 2, parallelism: 1 };
/** Hashing jobs at the same time; the rest of Node's four threads stay free for other work. */
const mostAtOnce = 3;

export interface PasswordVerifier {
  /**
   * Whether `password` meets one of `hashes` (`{ARGON2}$argon2id$…`, PBKDF2 or salted SHA; anything else meets
   * nothing). With none of them argon2 a decoy is computed, so that an unknown name takes as long as a wrong password.
   */
  verify(password: Buffer, hashes: readonly Buffer[]): Promise<boolean>;
}

export function createPasswordVerifier(): PasswordVerifier {
  const gate = createGate(mostAtOnce);
  const decoy: Argon2Hash = {
    algorithm: 'argon2id',
    ...decoyParameters,
    salt: Buffer.alloc(16, 1),
    digest: Buffer.alloc(32),
  };
  return {
    async verify(password, hashes) {
      const costly = hashes.flatMap((hash) => parseArgon2(hash.toString()) ?? []);
      const slow = hashes.flatMap((hash) => parsePbkdf2(hash.toString()) ?? []);
      const cheap = hashes.map((hash) => meetsSalted(password, hash.toString()));
      const [results, slowResults] = await Promise.all([
        Promise.all(
          (costly.length > 0 ? costly : [decoy]).map((hash) => gate(() => meetsArgon2(password, hash))),
        ),
        Promise.all(slow.map((hash) => gate(() => meetsPbkdf2(password, hash)))),
      ]);
      const isRight = (costly.length > 0 && results.includes(true)) || slowResults.includes(true);
      return isRight || cheap.includes(true);
    },
  };
}

interface Argon2Hash {
  readonly algorithm: 'argon2id' | 'argon2i' | 'argon2d';
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

const argon2Pattern =
  /^\{ARGON2\}\$(argon2id|argon2i|argon2d)\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/i;

function parseArgon2(text: string): Argon2Hash | undefined {
  const found = argon2Pattern.exec(text);
  if (!found) return undefined;
  const hash: Argon2Hash = {
    algorithm: (found[1] ?? '').toLowerCase() as Argon2Hash['algorithm'],
    memory: Number(found[2]),
    passes: Number(found[3]),
    parallelism: Number(found[4]),
    salt: Buffer.from(found[5] ?? '', 'base64'),
    digest: Buffer.from(found[6] ?? '', 'base64'),
  };
  // Bounds of RFC 9106 below, and of what one login may cost above.
  const sound =
    hash.passes >= 1 &&
    hash.parallelism >= 1 &&
    hash.memory >= 8 * hash.parallelism &&
    hash.memory <= 262_144 &&
    hash.salt.length >= 8 &&
    hash.digest.length >= 16 &&
    hash.digest.length <= 64;
  return sound ? hash : undefined;
}

async function meetsArgon2(password: Buffer, hash: Argon2Hash): Promise<boolean> {
  const derived = await deriveArgon2(hash.algorithm, {
    message: password,
    nonce: hash.salt,
    parallelism: hash.parallelism,
    tagLength: hash.digest.length,
    memory: hash.memory,
    passes: hash.passes,
  });
  return timingSafeEqual(derived, hash.digest);
}

/** Lets `most` jobs run at once; the others wait in order. */
function createGate(most: number): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (running >= most) await new Promise<void>((resolve) => void waiting.push(resolve));
    else running += 1;
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
