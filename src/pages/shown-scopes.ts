/** Scopes as people read of them: words are `consent.scope.<id>` and `consent.scope.<id>.detail`. */

const shownScopes = [
  'profile',
  'email',
  'phone',
  'organization',
  'roles',
  'national_id',
  'offline_access',
] as const;

export type ShownScope = (typeof shownScopes)[number];

export interface ShownScopes {
  /** In the order of the page; `openid` is said on every page anyway. */
  readonly scopes: readonly ShownScope[];
  /** Without words of their own: what a system has agreed on with another. Shown as they are. */
  readonly otherScopes: readonly string[];
}

export function showScopes(scopes: readonly string[]): ShownScopes {
  const known = new Set<string>(['openid', ...shownScopes]);
  return {
    scopes: shownScopes.filter((scope) => scopes.includes(scope)),
    otherScopes: scopes.filter((scope) => !known.has(scope)),
  };
}
