/** Which addresses are public. Everything else leads to this machine or an inner network (SSRF). */
import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registry, RFC 6890 and later: not reachable from the internet at large. */
const special: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Within 2000::/3, the only part of IPv6 that is global unicast: what carries IPv4 or is no address of a host. */
const specialWithinUnicast: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const publicAddresses = createPublicAddresses();

/** Whether `address` (IPv4 or IPv6, as text) is one that the whole internet reaches. */
export function isPublicAddress(address: string): boolean {
  return publicAddresses(unmapped(address));
}

function createPublicAddresses(): (address: string) => boolean {
  const refused = new BlockList();
  for (const [network, prefix] of special) refused.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of specialWithinUnicast) refused.addSubnet(network, prefix, 'ipv6');
  const unicast = new BlockList();
  unicast.addSubnet('2000::', 3, 'ipv6');
  return (address) => {
    const family = isIP(address);
    if (family === 4) return !refused.check(address, 'ipv4');
    return family === 6 && unicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
  };
}

/** `::ffff:10.0.0.1` and `::ffff:a00:1` as `10.0.0.1`. */
export function unmapped(address: string): string {
  const canonical =
    isIP(address) === 6 ? new URL(`http://[${withoutZone(address)}]`).hostname.slice(1, -1) : address;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical;
  const [high, low] = [mapped[1], mapped[2]].map((part) => Number.parseInt(part ?? '0', 16));
  return [(high ?? 0) >> 8, (high ?? 0) & 0xff, (low ?? 0) >> 8, (low ?? 0) & 0xff].join('.');
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? '';
}
