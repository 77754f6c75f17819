import { isIPv6, SocketAddress } from 'node:net';

/**
 * What attempts from `address` are counted under: an IPv4 address itself, of an IPv6 address the /64 network, which is
 * the least that one subscriber is given (RFC 6177): inside it a new address costs nothing.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (!isIPv6(plain)) return address;
  const { address: canonical } = new SocketAddress({ address: plain, family: 'ipv6' });
  if (canonical.includes('.')) return canonical.replace(/^.*:/, ''); // IPv4 mapped into IPv6
  const [head = '', tail] = canonical.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const last = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: 8 - groups.length - last.length }, () => '0');
  return `${[...groups, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
