// Sources without their types, kept where npm keeps what it installs. Node strips types itself, but what it strips them with stays in
// memory, some 40 MB of every process, and takes half a second of each start. `npm ci` keeps each source's stripped text under the hash of
// the source, so a source that was changed since is stripped by Node as ever. Plain JavaScript that Node 20 understands.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)), '..');
const kept = path.join(root, 'node_modules', '.cache', 'hufu', `stripped-${process.version}`);
const folders = ['src', 'adapters', 'interactions', 'config', 'demo'];

/** From here on, what is kept is loaded instead of its source. */
export function useStrippedSources() {
  nodeModule.registerHooks({
    load(url, context, next) {
      if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
      const source = readStripped(readFileSync(fileURLToPath(url), 'utf8'));
      return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
    },
  });
}

function fileOf(source) {
  return path.join(kept, `${createHash('sha256').update(source).digest('hex')}.js`);
}

function readStripped(source) {
  try {
    return readFileSync(fileOf(source), 'utf8');
  } catch {
    return undefined; // not kept: the folder was not writable, or the source has changed
  }
}

/** Keeps every source of the program, and nothing else. */
export function keepStrippedSources() {
  rmSync(path.dirname(kept), { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const folder of folders) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const source = readFileSync(path.join(root, folder, name), 'utf8');
      writeFileSync(fileOf(source), nodeModule.stripTypeScriptTypes(source));
    }
  }
}
