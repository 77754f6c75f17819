import type { z } from 'zod';
import type { ConfigFault } from './config-error.ts';
import { formatPath, nearestNode, type ConfigNode, type Path } from './config-node.ts';
import { describeValue, expectedBy } from './issue-words.ts';
import type { Environment } from './read-secret.ts';
import { resolveValues, type ValueFault } from './resolve-values.ts';
import { valueAt } from './rules/read-value.ts';
import { coreOf, elementOf, holds, shapeFor } from './schema-walk.ts';

/**
 * Judges the values under `root` by the schema and by `rules` between them, and adds every fault to `faults`. Gives
 * the values; undefined when there was any fault.
 */
export function checkNode<T>(
  schema: z.ZodType<T>,
  root: ConfigNode,
  environment: Environment,
  rules: (values: unknown) => readonly ValueFault[],
  faults: ConfigFault[],
): T | undefined {
  const told: ValueFault[] = [];
  const values = resolveValues(schema, root, environment, told);
  const parsed = schema.safeParse(values);
  const isTold = (path: Path) => told.some((fault) => isPrefix(fault.path, path));
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys' || isTold(path)) continue;
    told.push({ path, expected: expectedBy(issue), found: foundAt(schema, root, values, path) });
  }
  told.push(...rules(values).filter((fault) => !isTold(fault.path)));
  for (const { path, expected, found } of told) {
    const { file, line } = nearestNode(root, path);
    faults.push({ path: formatPath(root, path), file, line, expected, found });
  }
  return told.length === 0 ? parsed.data : undefined;
}

function isPrefix(start: Path, path: Path): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

function foundAt(schema: z.core.$ZodType, root: ConfigNode, values: unknown, path: Path): string {
  return isSecretAt(schema, root, path)
    ? 'something else (not shown)'
    : describeValue(valueAt(values, ...path));
}

function isSecretAt(schema: z.core.$ZodType, root: ConfigNode, path: Path): boolean {
  let inner: z.core.$ZodType | undefined = coreOf(schema);
  for (const [depth, step] of path.entries()) {
    const node = nearestNode(root, path.slice(0, depth));
    inner = typeof step === 'number' ? elementOf(inner) : shapeFor(inner, node)?.[step];
    if (!inner) return false;
  }
  return holds(inner) === 'secret';
}
