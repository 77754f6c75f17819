/**
 * Keys in files: made at first start with mode 0600, then only read. Two processes that start at once agree, since
 * the finished file is linked to its name (which fails if another was first) and every process reads what is there.
 */
import { constants } from 'node:fs';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Random } from '#domain/random.ts';

/** Gives the JSON in `file`, undefined when it is malformed; writes what `make` gives when there is no file. */
export async function readOrCreateKeyFile(
  file: string,
  random: Random,
  make: () => Promise<unknown>,
): Promise<unknown> {
  return parseJson((await findContent(file)) ?? (await create(file, random, JSON.stringify(await make()))));
}

async function findContent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function create(file: string, random: Random, content: string): Promise<string> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${random.token(9)}.new`;
  await writeDurably(draft, content);
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(folder);
  return readFile(file, 'utf8');
}

async function writeDurably(file: string, content: string): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  await using handle = await open(file, O_CREAT | O_EXCL | O_WRONLY, 0o600);
  await handle.writeFile(content);
  await handle.sync();
}

async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, constants.O_RDONLY);
  await handle.sync();
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
