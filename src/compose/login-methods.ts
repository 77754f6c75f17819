import type { LoginMethod } from '#domain/assurance.ts';

/** The ways to log in that a deployment has; `certificates`: what judges them, where the configuration says whom to trust. */
export function loginMethodsOf({ certificates }: { readonly certificates?: object | undefined }) {
  return [
    'one-day-password',
    ...(certificates ? (['certificate'] as const) : []),
  ] as const satisfies readonly LoginMethod[];
}
