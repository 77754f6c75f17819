/** Turns nodes into the plain values that a schema parses: paths made absolute, secrets fetched, unknown keys told. */
import path from 'node:path';
import type { z } from 'zod';
import type { ConfigNode, Path } from './config-node.ts';
import { nearestWord } from './nearest-word.ts';
import { readSecret, type Environment } from './read-secret.ts';
import { elementOf, holds, isOpen, shapeFor } from './schema-walk.ts';

export interface ValueFault {
  readonly path: Path;
  readonly expected: string;
  readonly found?: string | undefined;
}

/** A secret that could not be fetched; no value may stand for it in a message. */
export const unfetched = 'x'.repeat(44);

export function resolveValues(
  schema: z.core.$ZodType,
  root: ConfigNode,
  environment: Environment,
  faults: ValueFault[],
): unknown {
  const visit = (node: ConfigNode, at: z.core.$ZodType | undefined, place: Path): unknown => {
    const kind = at && holds(at);
    if (kind === 'secret') {
      const result = readSecret(node, environment);
      if (result.ok) return result.secret;
      faults.push({ path: place, expected: result.expected, found: result.found });
      return unfetched;
    }
    if (node.kind === 'scalar') {
      const isRelative = kind === 'path' && typeof node.value === 'string' && node.value !== '';
      return isRelative ? path.resolve(path.dirname(node.file), String(node.value)) : node.value;
    }
    if (node.kind === 'list') {
      const element = at && elementOf(at);
      return node.items.map((item, index) => visit(item, element, [...place, index]));
    }
    const shape = at && shapeFor(at, node);
    const closed = shape !== undefined && at !== undefined && !isOpen(at);
    const known: [string, unknown][] = [];
    for (const [key, child] of node.entries) {
      if (closed && !Object.hasOwn(shape, key)) {
        faults.push({
          path: [...place, key],
          expected: expectedKey(key, Object.keys(shape)),
          found: 'an unknown key',
        });
      } else if (child.kind !== 'scalar' || child.value !== null) {
        // An empty value is as good as none.
        const inner = shape && Object.hasOwn(shape, key) ? shape[key] : undefined;
        known.push([key, visit(child, inner, [...place, key])]);
      }
    }
    return Object.fromEntries(known);
  };
  return visit(root, schema, []);
}

function expectedKey(key: string, known: readonly string[]): string {
  const near = nearestWord(key, known);
  return near === undefined ? `one of ${known.join(', ')}` : `a known key (did you mean ${near}?)`;
}
