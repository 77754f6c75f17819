/** Places in the portal that a login which a page of it asked for leads back to, by the `state` of the request. */
export const loginPlaces = {
  home: '/',
  certificates: '/certificates',
  register: '/certificates/register',
} as const;

export type LoginPlace = keyof typeof loginPlaces;

/** One of these places or none, whatever an address says. */
export function loginPlaceOf(text: unknown): LoginPlace | undefined {
  return text === 'home' || text === 'certificates' || text === 'register' ? text : undefined;
}
