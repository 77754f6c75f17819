import { z } from 'zod';
import { host, hostHeader, network, whole } from './values.ts';

export const listen = z
  .strictObject({
    host: host()
      .default('127.0.0.1')
      .describe(
        'Address to listen on. Loopback by default: the proxy that speaks TLS usually stands on the same machine.',
      ),
    port: whole(0, 65_535).default(3000).describe('TCP port; 0 takes any free one.'),
  })
  .prefault({})
  .describe('Where Hufu listens, in plain http; TLS is spoken by a proxy in front of it.');

export const proxies = z
  .array(network())
  .default([])
  .describe(
    'Addresses or networks of the proxies in front. Forwarding headers (X-Forwarded-For, X-Forwarded-Proto) are heeded from these alone. At least one is needed with an https issuer; with `clientCertificates.header` no network wider than /24 (IPv6: /64).',
  );

export const hosts = z
  .array(hostHeader())
  .default([])
  .describe(
    "Further values of the Host header that are answered, besides the issuer's. Links are always built from the issuer.",
  );
