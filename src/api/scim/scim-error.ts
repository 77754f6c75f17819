/** Errors as SCIM has them (RFC 7644, section 3.12). `code` and `why` are those of the API, so that one program reads both. */
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

  constructor(scimType: ScimType, detail: string) {
    super('invalid-input');
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

export function scimErrorDocument(problem: ApiProblem, requestId: string): Record<string, unknown> {
  const { title, code, why, about, errors } = problemDocument(problem, requestId);
  const isOwn = problem instanceof ScimError;
  const scimType = isOwn ? problem.scimType : typesByCode[problem.code];
  return {
    schemas: [scimErrorSchema],
    status: String(problem.status),
    ...(scimType && { scimType }),
    detail: isOwn ? problem.detail : title,
    code,
    ...(why !== undefined && { why }),
    ...(about !== undefined && { about }),
    ...(errors !== undefined && { errors }),
    request_id: requestId,
  };
}
