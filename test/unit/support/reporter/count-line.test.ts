import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');
let folder: string;
beforeEach(() => {
  // Inside the project, so that vitest is found from there.
  folder = mkdtempSync(path.join(root, 'node_modules', '.count-line-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The last line and the exit code of a run over `files`. */
function run(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), `import { describe, expect, test } from 'vitest';\n${text}`);
  }
  const reporter = path.join(root, 'test/support/reporter/count-line.ts');
  const config = `export default { test: { include: ['*.check.js'], exclude: [], reporters: ['default', '${reporter}'] } }`;
  writeFileSync(path.join(folder, 'vitest.config.js'), config);
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], {
    encoding: 'utf8',
  });
  return { last: stdout.trimEnd().split('\n').at(-1), status };
}

test('counts tests by outcome', () => {
  const text = "test('a', () => {}); test('b', () => {}); test.skip('c', () => {}); test.todo('d');";
  expect(run({ 'a.check.js': text })).toEqual({ last: '2 passed, 0 failed, 2 skipped', status: 0 });
});

test('counts what breaks outside a test as failed', () => {
  const outcome = run({
    'a.check.js': "test('a', () => {}); test('b', () => { expect(1).toBe(2); });",
    'b.check.js': "throw new Error('before any test');",
    'c.check.js': "test('c', () => { setTimeout(() => { throw new Error('after the test'); }); });",
  });
  expect(outcome).toEqual({ last: '2 passed, 3 failed, 0 skipped', status: 1 });
});
