import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AllowList } from './allow-list.ts';
import { OutgoingError } from './outgoing-error.ts';
import { isPublicAddress } from './public-address.ts';

/** The host of a URL; IPv6 addresses without their brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * Looks the name up for the connection itself and keeps those addresses that may be connected to, so that a name
 * cannot lead elsewhere between question and connection. A literal address is never looked up: judge it beforehand.
 */
export function guardedLookup(url: URL, allowed: AllowList): LookupFunction {
  const anywhere = allowed.hasName(hostOf(url));
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const permitted = addresses.filter(
        ({ address }) => anywhere || isPublicAddress(address) || allowed.hasAddress(address),
      );
      const [first] = permitted;
      if (!first) return callback(new OutgoingError('address-not-permitted'), []);
      return options.all ? callback(null, permitted) : callback(null, first.address, first.family);
    });
  };
}
