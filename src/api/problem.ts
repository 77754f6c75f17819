/** Refusals and failures as programs get them (RFC 9457). `code` is stable; `why` is the rule that refused, by its name. */
import { errorStatus, isHufuError, type HufuError } from '#domain/errors.ts';

const titles = {
  'invalid-input': [400, 'The request is not as the document says.'],
  'token-required': [401, 'An access token for this API is needed.'],
  'token-invalid': [401, 'The access token is not, or not any more, good for this API.'],
  'token-not-bound': [401, 'The access token is bound to a key or certificate that was not shown.'],
  'not-permitted': [403, 'Both ceilings and the scopes of the token do not allow it.'],
  'not-found': [404, 'There is no such thing, or none that this client may know of.'],
  'method-not-allowed': [405, 'This path does not serve the method.'],
  'not-possible': [409, 'The state of the account stands in the way.'],
  'not-unique': [409, 'The person has an account already.'],
  'in-progress': [409, 'The same request is being carried out.'],
  'changed-meanwhile': [412, 'The account is not as it was when it was read.'],
  'too-large': [413, 'The body is larger than 64 KB.'],
  'not-json': [415, 'The body must be JSON in UTF-8.'],
  'key-reused': [422, 'The Idempotency-Key was used for another request.'],
  'revision-required': [428, 'If-Match with the ETag of the account as it was read is needed.'],
  'too-many': [429, 'This client has asked too often.'],
  internal: [500, 'Something is wrong here.'],
  unavailable: [503, 'A store does not answer at the moment.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof titles;

export interface FieldFault {
  /** Where in the request, e.g. `account.contact.email`. */
  readonly path: string;
  readonly expected: string;
}

export interface ProblemFacts {
  readonly why?: string;
  /** The role, category or field that it is about. */
  readonly about?: string;
  readonly errors?: readonly FieldFault[];
  /** The account that is there already, where the client may see it. */
  readonly existing?: string;
}

export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, facts: ProblemFacts = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.facts = facts;
    this.headers = headers;
  }

  get status(): number {
    return titles[this.code][0];
  }
}

export function problemDocument({ code, facts }: ApiProblem, requestId: string): Record<string, unknown> {
  const [status, title] = titles[code];
  return { type: `urn:hufu:problem:${code}`, title, status, code, ...facts, request_id: requestId };
}

const byHufuCode: Partial<Record<keyof typeof errorStatus, ProblemCode>> = {
  'bad-request': 'invalid-input',
  'not-permitted': 'not-permitted',
  'not-found': 'not-found',
  'method-not-allowed': 'method-not-allowed',
  'not-unique': 'not-unique',
  'changed-meanwhile': 'changed-meanwhile',
  'too-large': 'too-large',
  'too-many': 'too-many',
  'directory-unavailable': 'unavailable',
  'store-unavailable': 'unavailable',
};

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (!isHufuError(error)) return new ApiProblem('internal');
  const code = byHufuCode[error.code] ?? 'internal';
  return new ApiProblem(code, factsOf(error), code === 'unavailable' ? { 'Retry-After': '5' } : {});
}

function factsOf({ facts }: HufuError): ProblemFacts {
  const { field } = facts;
  return field === undefined ? {} : { errors: [{ path: field, expected: 'another value' }] };
}

export const problemCodes = Object.keys(titles) as readonly ProblemCode[];
