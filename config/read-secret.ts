import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { childOf, type ConfigNode } from './config-node.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type SecretResult =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly expected: string; readonly found: string };

const maximumBytes = 65_536;

/** Reads what `{ file: PATH }` or `{ env: NAME }` refers to, without the line break at its end. */
export function readSecret(node: ConfigNode, environment: Environment): SecretResult {
  const file = textAt(node, 'file');
  const variable = textAt(node, 'env');
  if (node.kind !== 'map' || node.entries.size !== 1 || (file === undefined) === (variable === undefined)) {
    return { ok: false, expected: '{ file: PATH } or { env: NAME }', found: 'something else (not shown)' };
  }
  if (variable !== undefined) {
    const secret = environment[variable];
    if (secret === undefined || secret === '') {
      return { ok: false, expected: `a secret in the environment variable ${variable}`, found: 'nothing' };
    }
    return { ok: true, secret };
  }
  return readSecretFile(path.resolve(path.dirname(node.file), file ?? ''));
}

function readSecretFile(file: string): SecretResult {
  try {
    const { mode, size } = statSync(file);
    // Windows has no such modes.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0');
      return {
        ok: false,
        expected: `${file} readable by its owner alone (mode 0600 or 0400)`,
        found: `mode ${octal}`,
      };
    }
    if (size > maximumBytes)
      return { ok: false, expected: `a secret of at most ${maximumBytes} bytes`, found: `${size} bytes` };
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret === ''
      ? { ok: false, expected: `a secret in ${file}`, found: 'an empty file' }
      : { ok: true, secret };
  } catch {
    return { ok: false, expected: `a readable file ${file}`, found: 'none' };
  }
}

function textAt(node: ConfigNode, key: string): string | undefined {
  const child = childOf(node, key);
  return child?.kind === 'scalar' && typeof child.value === 'string' && child.value !== ''
    ? child.value
    : undefined;
}
