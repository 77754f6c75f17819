import { readFileSync } from 'node:fs';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type ParsedNode,
} from 'yaml';
import type { ConfigFault } from './config-error.ts';
import type { ConfigNode } from './config-node.ts';

/** Reads one YAML file (1.2, core schema; duplicate keys, aliases and merge keys are faults). */
export function readLayer(file: string, faults: ConfigFault[]): ConfigNode | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    faults.push({ path: '', file, expected: 'a readable file in UTF-8', found: reasonOf(error) });
    return undefined;
  }
  return parseLayer(file, text, faults);
}

export function parseLayer(file: string, text: string, faults: ConfigFault[]): ConfigNode | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const lineOf = (node: Pick<Node, 'range'> | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line;
  for (const problem of [...document.errors, ...document.warnings]) {
    // The parser's own words can quote the text, which may be a secret.
    const expected =
      problem.code === 'DUPLICATE_KEY'
        ? 'each key once (this one repeats)'
        : `well-formed YAML (${problem.code})`;
    faults.push({ path: '', file, line: lines.linePos(problem.pos[0]).line, expected });
  }
  if (document.errors.length > 0) return undefined;

  const convert = (node: ParsedNode | null): ConfigNode => {
    const line = lineOf(node);
    if (isMap(node)) {
      const entries = new Map<string, ConfigNode>();
      for (const { key, value } of node.items) {
        if (isScalar(key)) entries.set(String(key.value), convertEntry(key, value));
        else faults.push({ path: '', file, line: lineOf(key), expected: 'a plain word as key' });
      }
      return { kind: 'map', file, line, entries };
    }
    if (isSeq(node)) return { kind: 'list', file, line, items: node.items.map((item) => convert(item)) };
    if (isAlias(node)) faults.push({ path: '', file, line, expected: 'values written out (no YAML alias)' });
    return { kind: 'scalar', file, line, value: isScalar(node) ? node.value : null };
  };
  // An entry is said to stand where its key stands.
  const convertEntry = (key: ParsedNode, value: ParsedNode | null): ConfigNode => ({
    ...convert(value),
    line: lineOf(key),
  });

  const root = convert(document.contents);
  if (root.kind === 'map') return root;
  if (root.kind === 'scalar' && root.value === null)
    return { kind: 'map', file, line: 1, entries: new Map() };
  faults.push({
    path: '',
    file,
    line: root.line,
    expected: 'keys with values',
    found: root.kind === 'list' ? 'a list' : 'one value',
  });
  return undefined;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'a file that may not be read';
  if (code === 'EISDIR') return 'a folder';
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'another encoding' : 'a file that cannot be read';
}
