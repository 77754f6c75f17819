import { BlockList, isIP } from 'node:net';
import { unmapped } from './public-address.ts';

export interface AllowList {
  /** Whether the host name itself was allowed, wherever it leads. */
  hasName(hostname: string): boolean;
  hasAddress(address: string): boolean;
}

/** From host names, addresses and networks in CIDR form. Throws on a malformed network. */
export function createAllowList(entries: readonly string[]): AllowList {
  const names = new Set<string>();
  const addresses = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address);
    if (family === 0) names.add(entry.toLowerCase());
    else
      addresses.addSubnet(
        address,
        Number(prefix ?? (family === 4 ? 32 : 128)),
        family === 4 ? 'ipv4' : 'ipv6',
      );
  }
  return {
    hasName: (hostname) => names.has(hostname.toLowerCase()),
    hasAddress(given) {
      const address = unmapped(given);
      return addresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    },
  };
}
