/**
 * What was fetched, on disk: for each address and issuer one file with the bytes and one (JSON) with where they came
 * from. Written beside, synced and renamed, so that a crash leaves the old or the new, never half; mode 0600.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';

const originSchema = z.strictObject({
  url: z.string(),
  issuerKey: z.string().regex(/^[0-9a-f]{64}$/),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** When the bytes came, or were last found unchanged. ISO 8601. */
  fetchedAt: z.iso.datetime(),
});

export type KeptOrigin = z.infer<typeof originSchema>;

/** A file being written; it becomes the kept one by `keep`, and is gone after `drop`. */
export interface Draft {
  write(piece: Uint8Array): Promise<void>;
  /** Everything written so far. */
  read(): Promise<Buffer>;
  keep(origin: KeptOrigin): Promise<void>;
  drop(): Promise<void>;
}

export interface KeptFiles {
  /** Origins of all that is kept; what cannot be read is left out. Clears away what a crash left half written. */
  list(): Promise<readonly KeptOrigin[]>;
  read(origin: Pick<KeptOrigin, 'url' | 'issuerKey'>): Promise<Buffer>;
  begin(origin: Pick<KeptOrigin, 'url' | 'issuerKey'>): Promise<Draft>;
  /** The bytes are still good; notes when that was found. */
  confirm(origin: KeptOrigin): Promise<void>;
}

/** No fetch takes so long. */
const abandonedAfterMs = 3_600_000;

export function openKeptFiles(folder: string, clock: Clock): KeptFiles {
  let drafts = 0;
  const stem = ({ url, issuerKey }: Pick<KeptOrigin, 'url' | 'issuerKey'>) =>
    path.join(folder, createHash('sha256').update(`${issuerKey} ${url}`).digest('hex'));

  async function writeOrigin(origin: KeptOrigin): Promise<void> {
    const draft = await openDraft();
    await draft.handle.writeFile(JSON.stringify(origin));
    await finish(draft, `${stem(origin)}.json`);
  }

  async function clearDrafts(names: readonly string[]): Promise<void> {
    const abandoned = clock.now().getTime() - abandonedAfterMs;
    for (const name of names.filter((each) => each.startsWith('draft-'))) {
      const file = path.join(folder, name);
      const facts = await stat(file).catch(() => undefined);
      if (facts && facts.mtimeMs < abandoned) await rm(file, { force: true });
    }
  }

  async function openDraft() {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    drafts += 1;
    const file = path.join(folder, `draft-${process.pid}-${drafts}`);
    return { file, handle: await open(file, 'w+', 0o600) };
  }

  return {
    async list() {
      const names = await readdir(folder).catch(() => []);
      await clearDrafts(names);
      const origins = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => readOrigin(path.join(folder, name))),
      );
      return origins.filter((origin) => origin !== undefined);
    },
    read: (origin) => readFile(`${stem(origin)}.crl`),
    async begin(of) {
      const draft = await openDraft();
      return {
        write: async (piece) => void (await draft.handle.write(piece)),
        read: () => readFile(draft.file),
        async keep(origin) {
          await finish(draft, `${stem(of)}.crl`);
          await writeOrigin(origin);
        },
        async drop() {
          await draft.handle.close().catch(() => undefined);
          await rm(draft.file, { force: true });
        },
      };
    },
    confirm: writeOrigin,
  };
}

async function finish({ file, handle }: { file: string; handle: Handle }, name: string): Promise<void> {
  await handle.sync();
  await handle.close();
  await rename(file, name);
}

type Handle = Awaited<ReturnType<typeof open>>;

async function readOrigin(file: string): Promise<KeptOrigin | undefined> {
  try {
    return originSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
