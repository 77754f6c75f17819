/** The interface for programs, wired. */

/** What programs name the API by when they ask for a token (RFC 8707); SCIM is part of it. */
export function apiResourceOf(issuer: string): string {
  return new URL('/api', issuer).href;
}
