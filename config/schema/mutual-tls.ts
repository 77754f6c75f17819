import { z } from 'zod';
import { host, path, whole } from './values.ts';
import { issuerAddress } from './web-addresses.ts';

export const listenMtls = z
  .strictObject({
    host: host().default('127.0.0.1').describe('Address to listen on.'),
    port: whole(0, 65_535).default(3443).describe('TCP port; 0 takes any free one.'),
    origin: issuerAddress().describe(
      'Origin under which clients reach this listener, such as https://mtls.sso.example.gov.tw; discovery names it in `mtls_endpoint_aliases`.',
    ),
    certificate: path().describe('PEM file with the certificate of that host and those up to its authority.'),
    key: path().describe('PEM file with the private key.'),
  })
  .exactOptional()
  .describe('A listener of its own, in TLS, that asks clients for a certificate (RFC 8705). Default: none.');

export const clientCertificates = z
  .strictObject({
    authorities: path()
      .exactOptional()
      .describe(
        'PEM file with the authorities that vouch for certificates of tls_client_auth. Default: none does.',
      ),
    header: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, { error: 'a header in lower case, such as client-cert' })
      .exactOptional()
      .describe(
        'Header in which a proxy of `proxies` hands the certificate on: `client-cert` (RFC 9440) or URL-encoded PEM. From anybody else it is removed. Default: none.',
      ),
  })
  .prefault({})
  .describe(
    'Certificates of clients, for tls_client_auth, self_signed_tls_client_auth and bound tokens. Whether an authority has revoked one is not checked.',
  );
