/** Every key and secret of the installation: configured, or made at first start in the data folder. */
import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import path from 'node:path';
import type { JWKS } from 'oidc-provider';
import { z } from 'zod';
import type { Config } from '#config/config.ts';
import type { Clock } from '#domain/clock.ts';
import type { MasterKey } from '#domain/key-ring.ts';
import type { Random } from '#domain/random.ts';
import { loadOrCreateCookieKeys } from '#provider/cookie-keys.ts';
import { readOrCreateKeyFile } from '#provider/key-file.ts';
import { loadOrCreateSigningKeys } from '#provider/signing-keys.ts';

export interface Keys {
  readonly sealing: readonly MasterKey[];
  readonly cookies: readonly string[];
  readonly signing: JWKS;
  readonly checkpoint: { readonly kid: string; readonly key: KeyObject };
  /** Secret of the program for one purpose, the same in every process of the installation. */
  secretFor(purpose: string): Buffer;
}

const secretFile = z.strictObject({ id: z.string(), secret: z.base64() });
const checkpointFile = z.strictObject({ kid: z.string(), privateKey: z.string() });

export async function loadKeys(config: Config, deps: { clock: Clock; random: Random }): Promise<Keys> {
  const folder = path.join(config.dataFolder, 'keys');
  const { random } = deps;
  const secret = async (name: string, id: string): Promise<MasterKey> => {
    const file = path.join(folder, name);
    const make = async () => ({ id, secret: random.bytes(32).toString('base64') });
    const content = secretFile.safeParse(await readOrCreateKeyFile(file, random, make));
    if (!content.success) throw new Error(`${file} is not a secret`);
    return { id: content.data.id, secret: Buffer.from(content.data.secret, 'base64') };
  };
  const program = await secret('program-secret.json', 'p1');
  return {
    sealing: config.keys.sealing ?? [await secret('sealing-key.json', 's1')],
    cookies: await loadOrCreateCookieKeys(folder, deps),
    signing: await loadOrCreateSigningKeys(folder, deps, algorithmsOf(config)),
    checkpoint: await loadCheckpointKey(path.join(folder, 'checkpoint-key.json'), random),
    secretFor: (purpose) => createHmac('sha256', program.secret).update(purpose).digest(),
  };
}

/** What relying parties are registered to get signed by. */
function algorithmsOf({ clients }: Config): readonly string[] {
  return clients.flatMap((client) =>
    [
      client.id_token_signed_response_alg,
      client.userinfo_signed_response_alg,
      client.authorization_signed_response_alg,
    ].filter((alg) => alg !== undefined),
  );
}

async function loadCheckpointKey(file: string, random: Random): Promise<Keys['checkpoint']> {
  const make = async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { kid: random.token(6), privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  };
  const content = checkpointFile.safeParse(await readOrCreateKeyFile(file, random, make));
  if (!content.success) throw new Error(`${file} is not a checkpoint key`);
  return { kid: content.data.kid, key: createPrivateKey(content.data.privateKey) };
}
