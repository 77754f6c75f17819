import { BlockList, isIP } from 'node:net';
import type { Middleware } from 'koa';
import type { RequestState } from './request-state.ts';

/**
 * Finds the browser's address. `X-Forwarded-For` is heeded only when the connection comes from a configured proxy,
 * and then from the right: the first address that is not itself such a proxy. From anyone else every forwarding
 * header is removed, so that nothing further in can be misled by it.
 */
export function findClientAddress(proxies: readonly string[]): Middleware<RequestState> {
  const trusted = trustedProxies(proxies);
  return async function clientAddress(ctx, next) {
    const peer = plainAddress(ctx.req.socket.remoteAddress ?? '');
    const forwarded = ctx.get('X-Forwarded-For');
    for (const name of Object.keys(ctx.req.headers)) {
      if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete ctx.req.headers[name];
    }
    ctx.state.address = trusted(peer) ? (firstUntrusted(forwarded, trusted) ?? peer) : peer;
    await next();
  };
}

function firstUntrusted(header: string, trusted: (address: string) => boolean): string | undefined {
  const hops = header.split(',').map((hop) => plainAddress(hop.trim()));
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return undefined;
    if (!trusted(hop)) return hop;
  }
  return undefined;
}

/** IPv4 addresses that arrive mapped into IPv6 are the same address. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

export function trustedProxies(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [network = '', prefix] = proxy.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
