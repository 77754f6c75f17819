import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const bin = path.resolve(import.meta.dirname, '../../../bin');

/** A small project of the same shape, with files of its own to keep. */
const root = mkdtempSync(path.join(tmpdir(), 'hufu-stripped-'));
const source = path.join(root, 'src', 'greet.ts');
const kept = path.join(root, 'node_modules', '.cache', 'hufu', `stripped-${process.version}`);
afterAll(() => rmSync(root, { recursive: true }));

async function node(script: string): Promise<string> {
  const file = path.join(root, 'run.mjs');
  writeFileSync(file, script);
  const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', file]);
  return stdout.trim();
}

const greet = () =>
  node(`import { useStrippedSources } from './bin/stripped-sources.js';
    useStrippedSources();
    const { greet } = await import('./src/greet.ts');
    console.log(greet('王'));`);

beforeAll(async () => {
  cpSync(bin, path.join(root, 'bin'), { recursive: true });
  for (const folder of ['src', 'adapters', 'interactions', 'config', 'demo'])
    mkdirSync(path.join(root, folder));
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(source, 'export function greet(name: string): string {\n  return `您好，${name}`;\n}\n');
  await node(`import { keepStrippedSources } from './bin/stripped-sources.js'; keepStrippedSources();`);
});

test('each source is kept without its types, every character where it was', () => {
  const [name = '', ...others] = readdirSync(kept);
  expect(others).toEqual([]);
  const text = readFileSync(path.join(kept, name), 'utf8');
  expect(text).toContain('function greet(name        )         {');
  expect(text).toHaveLength(readFileSync(source, 'utf8').length);
});

test('what is kept is what runs', async () => {
  expect(await greet()).toBe('您好，王');
  const [name = ''] = readdirSync(kept);
  const file = path.join(kept, name);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('您好', '早安'));
  expect(await greet()).toBe('早安，王');
  writeFileSync(file, text);
});

test('a source that was changed since runs as it is now', async () => {
  const text = readFileSync(source, 'utf8');
  writeFileSync(source, text.replace('您好', '晚安'));
  expect(await greet()).toBe('晚安，王');
  writeFileSync(source, text);
});

test('without a folder of kept sources everything runs from the sources', async () => {
  rmSync(kept, { recursive: true });
  expect(await greet()).toBe('您好，王');
});
