/**
 * Errors as SCIM has them (RFC 7644, section 3.12): nothing but what the standard names, since strict clients refuse an attribute
 * that its schema does not have. `code`, `why` and `about` of the API are headers, so that one program reads both.
 */
import type { ProblemForm } from '../http/answer-problems.ts';
import { ApiProblem, problemDocument, type ProblemCode } from '../problem.ts';

/** RFC 7644, table 9, and `mutability` for what only the hub writes. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue';

export class ScimError extends ApiProblem {
  readonly scimType: ScimType;
  readonly detail: string;

  constructor(scimType: ScimType, detail: string, code: ProblemCode = 'invalid-input') {
    super(code);
    this.name = 'ScimError';
    this.scimType = scimType;
    this.detail = detail;
  }
}

export const scimErrorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

const typesByCode: Partial<Record<ProblemCode, ScimType>> = {
  'not-unique': 'uniqueness',
  'invalid-input': 'invalidValue',
};

export const scimProblems: ProblemForm = {
  type: 'application/scim+json',
  documentOf(problem, requestId) {
    const isOwn = problem instanceof ScimError;
    const scimType = isOwn ? problem.scimType : typesByCode[problem.code];
    return {
      schemas: [scimErrorSchema],
      status: String(problem.status),
      ...(scimType && { scimType }),
      detail: isOwn ? problem.detail : detailOf(problem, requestId),
    };
  },
  headersOf: ({ code, facts: { why, about } }) => ({
    'Hufu-Code': code,
    ...(why !== undefined && { 'Hufu-Why': why }),
    ...(about !== undefined && { 'Hufu-About': encodeURIComponent(about) }),
  }),
};

function detailOf(problem: ApiProblem, requestId: string): string {
  const { why, about, errors = [] } = problem.facts;
  const faults = errors.map(({ path, expected }) => `${path}: ${expected}`);
  const rule = [why, about].filter((part) => part !== undefined).join(' ');
  const { title } = problemDocument(problem, requestId);
  return [String(title), ...(rule === '' ? [] : [`(${rule})`]), ...faults].join(' ');
}
