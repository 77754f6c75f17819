/** The revision of an account as an entity tag (RFC 9110, section 8.8.3), and what If-Match says of it. */
import { ApiProblem } from '../problem.ts';

export function entityTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that If-Match names. Exactly one: `*` and lists would change what nobody has seen. Weak tags are taken for SCIM,
 * whose versions they are (RFC 7644, section 3.14). Throws ApiProblem.
 */
export function revisionIn(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch.trim() === '') throw new ApiProblem('revision-required');
  const digits = /^(?:W\/)?"([1-9][0-9]{0,14})"$/.exec(ifMatch.trim())?.[1];
  if (digits === undefined) throw new ApiProblem('revision-required');
  return Number(digits);
}
