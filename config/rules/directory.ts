/** Addresses of directory servers, identities of the embedded one, and a mapping that keeps attributes apart. */
import { describeValue } from '../issue-words.ts';
import type { ValueFault } from '../resolve-values.ts';
import { isLoopbackUrl } from '../schema/web-addresses.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

type Path = ValueFault['path'];

export function checkDirectory(config: unknown): ValueFault[] {
  return textAt(config, 'directory', 'kind') === 'ldap'
    ? [...checkServers(config), ...checkMapping(config)]
    : checkIdentities(config);
}

/** Of the embedded server: names once each, one rule for a subtree, subtrees below the base. */
function checkIdentities(config: unknown): ValueFault[] {
  const faults: ValueFault[] = [];
  const base = (textAt(config, 'directory', 'baseDn') ?? 'dc=hufu,dc=example').toLowerCase();
  const names = new Set<string>();
  for (const [index, identity] of listAt(config, 'directory', 'identities').entries()) {
    const path = ['directory', 'identities', String(index)];
    const name = textAt(identity, 'name');
    if (name !== undefined && names.has(name))
      faults.push({ path: [...path, 'name'], expected: 'a name that is not there before', found: name });
    if (name !== undefined) names.add(name);
    const subtrees = new Set<string>();
    for (const [position, rule] of listAt(identity, 'rules').entries()) {
      const subtree = (textAt(rule, 'subtree') ?? base).toLowerCase();
      const at = { path: [...path, 'rules', String(position), 'subtree'], found: describeValue(subtree) };
      if (subtree !== base && !subtree.endsWith(`,${base}`))
        faults.push({ ...at, expected: `an entry under ${base}` });
      if (subtrees.has(subtree)) faults.push({ ...at, expected: 'one rule for a subtree' });
      subtrees.add(subtree);
    }
  }
  return faults;
}

function checkServers(config: unknown): ValueFault[] {
  const startTls = valueAt(config, 'directory', 'startTls') === true;
  const url = valueAt(config, 'directory', 'url');
  const urls = valueAt(config, 'directory', 'urls');
  if ((url === undefined) === (urls === undefined)) {
    const found = url === undefined ? 'neither' : 'both';
    return [{ path: ['directory', 'url'], expected: 'one of url and urls', found }];
  }
  const check = (value: unknown, path: Path): ValueFault[] => {
    if (typeof value !== 'string') return [];
    const fault = (expected: string) => [{ path, expected, found: describeValue(value) }];
    if (startTls && value.startsWith('ldaps://')) return fault('ldap:// (startTls upgrades it)');
    if (startTls || !value.startsWith('ldap://') || isLoopbackUrl(value)) return [];
    return fault('ldaps:// (ldap:// only with startTls, or to a server on loopback)');
  };
  if (url !== undefined) return check(url, ['directory', 'url']);
  return listAt(config, 'directory', 'urls').flatMap((each, index) =>
    check(each, ['directory', 'urls', String(index)]),
  );
}

const branches = ['accounts', 'organizations', 'categories', 'systems'];

/** Two of our attributes in one of theirs would overwrite each other. */
function checkMapping(config: unknown): ValueFault[] {
  return branches.flatMap((branch) => {
    const path = ['directory', 'mapping', branch, 'attributes'];
    const pairs = listAt(config, ...path);
    return (['ours', 'theirs'] as const).flatMap((side) => {
      const seen = new Set<string>();
      return pairs.flatMap((pair, index): ValueFault[] => {
        const name = textAt(pair, side)?.toLowerCase();
        if (name === undefined || !seen.has(name)) {
          if (name !== undefined) seen.add(name);
          return [];
        }
        return [
          { path: [...path, String(index), side], expected: 'a name that is not there before', found: name },
        ];
      });
    });
  });
}
