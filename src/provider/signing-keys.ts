/**
 * The keys that sign tokens: RSA for RS256, which relying parties expect by default, and P-256 for ES256; each of PS256 and EdDSA
 * in a file of its own, made when a relying party asks for it (a key serves one algorithm alone).
 * RSA has 2048 bits: signing is the dearest step of a login and 3072 bits take about three times as long, while
 * 2048 bits are held good until 2030 (NIST SP 800-57) and tokens live ten minutes under keys that are rotated.
 * The file is a list, newest first for each algorithm, so that a later key can join before the older one leaves.
 */
import { createHash, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import type { JWKS } from 'oidc-provider';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';
import { readOrCreateKeyFile } from './key-file.ts';

interface Deps {
  readonly clock: Clock;
  readonly random: Random;
}

const keyFile = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        /** JWK thumbprint (RFC 7638). */
        kid: z.string().min(1),
        created: z.iso.datetime(),
        use: z.literal('sig'),
        alg: z.enum(['RS256', 'ES256', 'PS256', 'EdDSA']),
        /** Private key. */
        jwk: z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), d: z.string() }),
      }),
    )
    .min(1),
});

type StoredKey = z.infer<typeof keyFile>['keys'][number];

const generate = promisify(generateKeyPair);

const onRequest = ['PS256', 'EdDSA'] as const;

/** The key set in `folder`/signing-keys.json, made when it is not there. Throws when the file is malformed. */
export async function loadOrCreateSigningKeys(
  folder: string,
  deps: Deps,
  /** Algorithms that relying parties are registered for. */
  wanted: readonly string[] = [],
): Promise<JWKS> {
  const sets = [await readKeys(path.join(folder, 'signing-keys.json'), deps, makeKeys)];
  for (const alg of onRequest.filter((one) => wanted.includes(one))) {
    const file = path.join(folder, `signing-keys-${alg.toLowerCase()}.json`);
    sets.push(await readKeys(file, deps, (created) => makeKey(alg, created)));
  }
  return { keys: sets.flat() };
}

async function readKeys(
  file: string,
  { clock, random }: Deps,
  make: (created: Date) => Promise<{ keys: StoredKey[] }>,
): Promise<JWKS['keys']> {
  const content = await readOrCreateKeyFile(file, random, () => make(clock.now()));
  const parsed = keyFile.safeParse(content);
  // The error's own text would quote the file.
  if (!parsed.success) throw new Error(`${file} is not a list of signing keys`);
  return parsed.data.keys.map(({ kid, use, alg, jwk }) => ({ ...jwk, kid, use, alg }));
}

async function makeKeys(created: Date): Promise<{ keys: StoredKey[] }> {
  const [rsa, ec] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('ec', { namedCurve: 'P-256' }),
  ]);
  return { keys: [storedKey(rsa.privateKey, 'RS256', created), storedKey(ec.privateKey, 'ES256', created)] };
}

async function makeKey(alg: (typeof onRequest)[number], created: Date): Promise<{ keys: StoredKey[] }> {
  const { privateKey } =
    alg === 'PS256' ? await generate('rsa', { modulusLength: 2048 }) : await generate('ed25519');
  return { keys: [storedKey(privateKey, alg, created)] };
}

function storedKey(key: KeyObject, alg: StoredKey['alg'], created: Date): StoredKey {
  const jwk: JsonWebKey = key.export({ format: 'jwk' });
  const { kty, d } = jwk;
  if ((kty !== 'RSA' && kty !== 'EC' && kty !== 'OKP') || d === undefined)
    throw new Error('unexpected kind of key');
  return { kid: thumbprint(jwk), created: created.toISOString(), use: 'sig', alg, jwk: { ...jwk, kty, d } };
}

function thumbprint({ kty, e, n, crv, x, y }: JsonWebKey): string {
  // Members in lexicographic order, as RFC 7638 demands.
  const members = kty === 'RSA' ? { e, kty, n } : kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
