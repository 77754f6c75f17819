/** Client authentication and access tokens by certificate (RFC 8705). Where the certificate comes from is the program's matter. */
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { matchesSubject } from './certificate-subject.ts';
import type { ClientCertificates, MutualTlsOptions } from './contract.ts';
import { routes } from './routes.ts';

type Settings = NonNullable<NonNullable<Configuration['features']>['mTLS']>;

export function mutualTlsSettings(certificates: ClientCertificates): Settings {
  const of = (ctx: KoaContextWithOIDC) => certificates.find(ctx.req);
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: true,
    tlsClientAuth: true,
    getCertificate: (ctx) => of(ctx)?.certificate,
    certificateAuthorized: (ctx) => of(ctx)?.authorized === true,
    certificateSubjectMatches(ctx, key, expected) {
      const certificate = of(ctx)?.certificate;
      return certificate !== undefined && matchesSubject(certificate, key, expected);
    },
  };
}

const aliased = [
  ['token_endpoint', routes.token],
  ['userinfo_endpoint', routes.userinfo],
  ['introspection_endpoint', routes.introspection],
  ['revocation_endpoint', routes.revocation],
  ['pushed_authorization_request_endpoint', routes.pushed_authorization_request],
] as const;

/** Paths that the listener for certificates serves: those that clients call, none that a person's browser opens. */
export const mutualTlsPaths: readonly string[] = aliased.map(([, path]) => path);

/** For discovery (RFC 8705, section 5). */
export function mutualTlsAliases({ origin }: MutualTlsOptions): Record<string, unknown> {
  if (origin === undefined) return {};
  return {
    mtls_endpoint_aliases: Object.fromEntries(
      aliased.map(([name, path]) => [name, new URL(path, origin).href]),
    ),
  };
}
