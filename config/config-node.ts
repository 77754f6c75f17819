/** A configuration file as read: its values, each with the file and line it stands on. */
export type ConfigNode = MapNode | ListNode | ScalarNode;

interface Origin {
  readonly file: string;
  readonly line: number;
}

export interface MapNode extends Origin {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ConfigNode>;
}

export interface ListNode extends Origin {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
}

export interface ScalarNode extends Origin {
  readonly kind: 'scalar';
  readonly value: unknown;
}

export type Path = readonly (string | number)[];

const identifiers = ['id', 'client_id', 'code'];

/** What an element of a list is known by, if it has such a key. */
export function identifierOf(node: ConfigNode | undefined): string | undefined {
  if (node?.kind !== 'map') return undefined;
  for (const key of identifiers) {
    const value = node.entries.get(key);
    if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value;
  }
  return undefined;
}

export function childOf(node: ConfigNode | undefined, step: string | number): ConfigNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step));
  if (node?.kind === 'list' && typeof step === 'number') return node.items[step];
  return undefined;
}

/** The node at `path`, or the innermost one around the place where it would be. */
export function nearestNode(root: ConfigNode, path: Path): ConfigNode {
  let node = root;
  for (const step of path) {
    const child = childOf(node, step);
    if (!child) return node;
    node = child;
  }
  return node;
}

/** `clients[csm].redirect_uris[0]`: elements by their identifier where they have one. */
export function formatPath(root: ConfigNode, path: Path): string {
  let node: ConfigNode | undefined = root;
  let text = '';
  for (const step of path) {
    node = childOf(node, step);
    if (typeof step === 'number') text += `[${identifierOf(node) ?? step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
