import { BlockList, isIP } from 'node:net';

export interface NetworkWidth {
  readonly family: 4 | 6;
  /** Leading bits that are fixed: 0 is everybody. */
  readonly prefix: number;
}

/** Around the IPv4 addresses mapped into IPv6 (RFC 4291, 2.5.5.2): a network here counts as one of IPv4. */
const mapped = { address: '::', prefix: 64, offset: 96 };

/** How wide an address or network in CIDR form is; undefined for what is neither. */
export function findNetworkWidth(text: string): NetworkWidth | undefined {
  const [address = '', given, ...rest] = text.split('/');
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  if (family === 0 || rest.length > 0 || (given !== undefined && !/^\d{1,3}$/.test(given))) return undefined;
  const prefix = given === undefined ? longest : Number(given);
  if (prefix > longest) return undefined;
  if (family === 4) return { family: 4, prefix };
  const around = new BlockList();
  around.addSubnet(mapped.address, mapped.prefix, 'ipv6');
  return around.check(address, 'ipv6')
    ? { family: 4, prefix: Math.max(0, prefix - mapped.offset) }
    : { family: 6, prefix };
}
