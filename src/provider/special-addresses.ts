/** Addresses that no server of a stranger has: loopback, link-local, private and reserved ones (RFC 6890). */
import { BlockList, isIP } from 'node:net';

const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** With the ways of writing an IPv4 address inside an IPv6 one: compatible, NAT64, 6to4, Teredo. */
const special6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const special = new BlockList();
for (const network of special4) addSubnet(network, 'ipv4');
for (const network of special6) addSubnet(network, 'ipv6');

function addSubnet(network: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', prefix] = network.split('/');
  special.addSubnet(address, Number(prefix), family);
}

/** Whether `address` is one of them; what is not an address counts as one. IPv4 mapped into IPv6 is judged as IPv4. */
export function isSpecialAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || special.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
