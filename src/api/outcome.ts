/** What a deed came to, as the caller is told: an outcome that is refused becomes a problem. */
import type { DeedRefusal, NotUnique } from '#accounts/management/deed-outcome.ts';
import { ApiProblem, type ProblemCode } from './problem.ts';

/** Reasons that lie in the account's state, not in what the client may. */
const obstacles: ReadonlySet<string> = new Set([
  'account-not-enabled',
  'no-mail-address',
  'not-enabled-today',
  'never-activated',
  'grant-ended',
  'role-twice',
  'not-registered',
  'too-many-elsewhere',
]);

type Refused = DeedRefusal | NotUnique;

/** The outcome, when it is a good one. Throws ApiProblem otherwise. */
export function orProblem<Outcome extends { readonly ok: boolean }>(
  outcome: Outcome,
): Extract<Outcome, { readonly ok: true }> {
  if (outcome.ok) return outcome as Extract<Outcome, { readonly ok: true }>;
  throw problemOf(outcome as unknown as Refused);
}

export function problemOf(refused: Refused): ApiProblem {
  switch (refused.reason) {
    case 'not-found':
      return new ApiProblem('not-found');
    case 'changed-meanwhile':
      return new ApiProblem('changed-meanwhile');
    case 'not-unique':
      return new ApiProblem('not-unique', refused.existing ? { existing: refused.existing.id } : {});
    case 'not-permitted': {
      const { why, about } = refused;
      const code: ProblemCode = obstacles.has(why) ? 'not-possible' : 'not-permitted';
      return new ApiProblem(code, { why, ...(about !== undefined && { about }) });
    }
    default:
      return refused satisfies never;
  }
}
