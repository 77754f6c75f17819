import { childOf, type ConfigNode, type ListNode, type MapNode } from './config-node.ts';

/**
 * Lays `upper` over `lower`: maps merge key by key, lists of things with an `id` or `client_id` merge thing by thing
 * (new ones go to the end), everything else is replaced. An empty value takes back what lies below. A map whose `kind` differs
 * is another thing altogether and replaces the lower one whole.
 */
export function mergeLayers(lower: ConfigNode, upper: ConfigNode): ConfigNode {
  if (lower.kind === 'map' && upper.kind === 'map') return mergeMaps(lower, upper);
  if (lower.kind === 'list' && upper.kind === 'list') return mergeLists(lower, upper);
  return upper;
}

function mergeMaps(lower: MapNode, upper: MapNode): MapNode {
  const kind = scalarAt(upper, 'kind');
  if (kind !== undefined && kind !== scalarAt(lower, 'kind')) return upper;
  const entries = new Map(lower.entries);
  for (const [key, node] of upper.entries) {
    const below = entries.get(key);
    entries.set(key, below ? mergeLayers(below, node) : node);
  }
  return { ...upper, entries };
}

function mergeLists(lower: ListNode, upper: ListNode): ListNode {
  const key = ['id', 'client_id'].find((name) =>
    [...lower.items, ...upper.items].every((item) => typeof scalarAt(item, name) === 'string'),
  );
  // An empty list on top means none, not "nothing to add".
  if (key === undefined || upper.items.length === 0) return upper;
  const items = [...lower.items];
  for (const item of upper.items) {
    const at = lower.items.findIndex((below) => scalarAt(below, key) === scalarAt(item, key));
    const below = items[at];
    if (below) items[at] = mergeLayers(below, item);
    else items.push(item);
  }
  return { ...upper, items };
}

function scalarAt(node: ConfigNode, key: string): unknown {
  const child = childOf(node, key);
  return child?.kind === 'scalar' ? child.value : undefined;
}
