/** How much of the network may be trusted as a proxy. */
import { describeValue } from '../issue-words.ts';
import type { ValueFault } from '../resolve-values.ts';
import { findNetworkWidth } from '../schema/network-width.ts';
import { listAt, textAt } from './read-value.ts';

/** Whoever hands certificates on speaks for every client that logs in with one: no wide network may. */
const widest = { 4: 24, 6: 64 } as const;

export function checkProxies(config: unknown): ValueFault[] {
  if (textAt(config, 'clientCertificates', 'header') === undefined) return [];
  return listAt(config, 'proxies').flatMap((proxy, index) => {
    const width = typeof proxy === 'string' ? findNetworkWidth(proxy) : undefined;
    if (width === undefined || width.prefix === 0 || width.prefix >= widest[width.family]) return [];
    const expected = `a network no wider than /${widest[width.family]} with clientCertificates.header`;
    return [{ path: ['proxies', index], expected, found: describeValue(proxy) }];
  });
}
