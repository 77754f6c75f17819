import type { LoginMethod } from '#domain/assurance.ts';

interface Ways {
  /** What judges certificates, where the configuration says whom to trust. */
  readonly certificates?: object | undefined;
  readonly config: { readonly login: { readonly certificate: { readonly mutualTls?: object | undefined } } };
}

/** The ways to log in that a deployment has. */
export function loginMethodsOf({ certificates, config }: Ways) {
  return [
    'one-day-password',
    ...(certificates ? (['certificate'] as const) : []),
    ...(certificates && config.login.certificate.mutualTls ? (['certificate-tls'] as const) : []),
  ] as const satisfies readonly LoginMethod[];
}
