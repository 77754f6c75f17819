/** Verification of an audit trail, where it lies or as an export, with the checkpoints outside the database. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readCheckpointLines } from '#adapters/records/checkpoint-file.ts';
import { openSqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { readExport } from '#audit/export.ts';
import { readTrail } from '#audit/read-trail.ts';
import { verifyTrail, type TrailVerdict } from '#audit/verify.ts';
import type { Config } from '#config/config.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { loadKeys } from './load-keys.ts';
import type { Machine } from './services.ts';

export interface ExportSources {
  /** JSON lines. */
  readonly entries: string;
  readonly checkpoints?: string;
  /** JWK set of the public keys that checkpoints are signed with, each with its `kid`. */
  readonly keys?: string;
}

/** The trail of the installation, which may be serving meanwhile; undefined when there is none yet. */
export async function verifyInstalledTrail(
  config: Config,
  machine: Machine,
): Promise<TrailVerdict | undefined> {
  const file = path.join(config.dataFolder, 'records.sqlite');
  // Opening would create it, and the keys with it.
  if (!existsSync(file)) return undefined;
  const keys = await loadKeys(config, machine);
  const sealing = createKeyRing(keys.sealing, machine.random);
  const records = await openSqliteRecords({ ...machine, file, sealing });
  try {
    const checkpoints =
      config.audit.checkpoint.file ?? path.join(config.dataFolder, 'audit-checkpoints.jsonl');
    return await verifyTrail(readTrail(records.audit), {
      checkpoints: readCheckpointLines(checkpoints),
      keys: new Map([[keys.checkpoint.kid, createPublicKey(keys.checkpoint.key)]]),
      head: await records.audit.head(),
    });
  } finally {
    await records.close();
  }
}

export async function verifyExportedTrail({
  entries,
  checkpoints,
  keys,
}: ExportSources): Promise<TrailVerdict> {
  return verifyTrail(readExport(linesOf(entries)), {
    ...(checkpoints === undefined ? {} : { checkpoints: readCheckpointLines(checkpoints) }),
    keys: keys === undefined ? new Map() : await readPublicKeys(keys),
  });
}

/** Opens the file only when the first line is asked for: lines read before anybody listens would be lost. */
async function* linesOf(file: string): AsyncGenerator<string> {
  await using handle = await open(file);
  yield* handle.readLines();
}

const jwks = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
    }),
  ),
});

async function readPublicKeys(file: string): Promise<ReadonlyMap<string, KeyObject>> {
  const { keys } = jwks.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
}
