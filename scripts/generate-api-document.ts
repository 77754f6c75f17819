/**
 * Writes docs/api/openapi.json from the table of operations. With `--check` it writes nothing and exits 1 when the
 * document is out of date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { apiDocument } from '#api/document.ts';

const file = path.resolve(import.meta.dirname, '../docs/api/openapi.json');
const text = `${JSON.stringify(apiDocument(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (current !== text) {
    console.error('docs/api/openapi.json is out of date: run node scripts/generate-api-document.ts');
    process.exitCode = 1;
  }
} else {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
