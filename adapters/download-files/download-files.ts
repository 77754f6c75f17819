/**
 * The bytes of kept downloads: one file for each content, named by its SHA-256, mode 0600. Written beside, synced and
 * renamed, so that a crash leaves the whole or nothing. A file without a reference stays for an hour: the reference of
 * what was just kept may still be on its way, in this process or another.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#domain/clock.ts';
import type { DownloadFiles } from '#domain/download-register.ts';
import { HufuError } from '#domain/errors.ts';
import type { Random } from '#domain/random.ts';

const restMs = 3_600_000;
const hashName = /^[0-9a-f]{64}$/;

interface Dependencies {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Pick<Random, 'token'>;
}

export function createDownloadFiles({ folder, clock, random }: Dependencies): DownloadFiles {
  const inFolder = (name: string) => path.join(folder, name);
  const draftName = () => inFolder(`draft-${random.token(9)}`);

  async function write(bytes: Uint8Array, hash: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = draftName();
    try {
      await using handle = await open(draft, 'wx', 0o600);
      await handle.writeFile(bytes);
      await handle.utimes(clock.now(), clock.now());
      await handle.sync();
      await rename(draft, inFolder(hash));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await syncFolder(folder);
  }

  const hasRested = async (file: string): Promise<boolean> => {
    const facts = await stat(file).catch(() => undefined);
    return facts !== undefined && clock.now().getTime() - facts.mtimeMs >= restMs;
  };

  /** Takes the file aside before it is judged for the last time: whatever is kept in between lies in its place again. */
  async function remove(name: string): Promise<void> {
    const aside = draftName();
    await rename(inFolder(name), aside);
    if (await hasRested(aside)) await rm(aside, { force: true });
    else await rename(aside, inFolder(name));
  }

  return {
    async keep(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      await write(bytes, hash).catch(refuse);
      return hash;
    },

    async open(hash) {
      if (!hashName.test(hash)) throw new HufuError('not-found');
      try {
        return (await open(inFolder(hash), 'r')).createReadStream();
      } catch (error) {
        if (codeOf(error) === 'ENOENT') throw new HufuError('not-found', { cause: error });
        return refuse(error);
      }
    },

    async removeOthers(referenced) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return [];
        return refuse(error);
      });
      const rested: string[] = [];
      for (const name of names) if (await hasRested(inFolder(name))) rested.push(name);
      if (rested.length === 0) return;
      const kept = await referenced();
      for (const name of rested) {
        if (name.startsWith('draft-')) await rm(inFolder(name), { force: true }).catch(refuse);
        else if (hashName.test(name) && !kept.has(name)) await remove(name).catch(unlessGone);
      }
    },
  };
}

/** So that the new name is as durable as the bytes. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Another process was faster. */
function unlessGone(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') refuse(error);
}

function refuse(cause: unknown): never {
  throw new HufuError('store-unavailable', { cause });
}
