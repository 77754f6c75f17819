/** Places that a login which a page of ours asked for leads back to, by the `state` of the request. */
export const loginPlaces = {
  home: '/',
  certificates: '/certificates',
  register: '/certificates/register',
  registry: '/registry',
  operators: '/operators',
} as const;

export type LoginPlace = keyof typeof loginPlaces;

/** One of these places or none, whatever an address says. */
export function loginPlaceOf(text: unknown): LoginPlace | undefined {
  return typeof text === 'string' && Object.hasOwn(loginPlaces, text) ? (text as LoginPlace) : undefined;
}
