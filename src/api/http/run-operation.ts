/**
 * The way of every call: token → may this client do such things at all → what the path, query and body say → the deed. A body
 * is read only from those who may, and what has a field too many is refused and in the trail.
 */
import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import { parseAccountId } from '#domain/account.ts';
import type { RequestState } from '#http/request-state.ts';
import { orProblem } from '../outcome.ts';
import type { Answer, Call, Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import type { ApiServices } from '../services.ts';
import type { Caller } from './caller.ts';
import { readJson } from './read-json.ts';
import { revisionIn } from './revision-tag.ts';

export type RunDeps = Pick<ApiServices, 'admission' | 'findCaller' | 'noteRefusal'>;

export interface Entry {
  readonly operation: Operation;
  readonly handle: (call: Call) => Promise<Answer>;
  /** Media types that a body may have. */
  readonly types: readonly string[];
}

type ApiContext = ParameterizedContext<RequestState> & { params: Readonly<Record<string, string>> };

export async function runOperation(ctx: ApiContext, deps: RunDeps, entry: Entry): Promise<Answer> {
  const { operation, handle } = entry;
  const caller = await callerOf(ctx, deps, operation);
  try {
    return await handle(await callOf(ctx, entry, caller));
  } catch (error) {
    const isFaulty = error instanceof ApiProblem && error.code === 'invalid-input';
    if (isFaulty && operation.method !== 'get')
      await deps.noteRefusal(caller.context, { reason: error.code, route: operation.path });
    throw error;
  }
}

async function callerOf(ctx: ApiContext, deps: RunDeps, { rule, path }: Operation): Promise<Caller> {
  // Whoever needs no permission needs no token either; the router asks here for deeds alone.
  if (rule === 'public') throw new Error(`${path} is public`);
  const caller = await deps.findCaller({ req: ctx.req, method: ctx.method, path: ctx.path }, ctx.state);
  const { actor, context } = caller;
  orProblem(await deps.admission.admit({ actor, deed: rule.deed, context }));
  return caller;
}

async function callOf(ctx: ApiContext, { operation, types }: Entry, caller: Caller): Promise<Call> {
  const { query, body, asSeen, repeatable, path } = operation;
  const id = parseAccountId(ctx.params['id'] ?? '');
  if (path.includes('{id}') && !id) throw new ApiProblem('not-found');
  const revision = asSeen ? revisionIn(ctx.req.headers['if-match']) : 0;
  const key = repeatable ? idempotencyKey(ctx.get('Idempotency-Key')) : undefined;
  const given = query ? parse(query, { ...ctx.query }) : noneOf(ctx.query);
  return {
    ...caller,
    ...(key !== undefined && { idempotencyKey: key }),
    // Only operations whose path names somebody look at it.
    id: id as Call['id'],
    revision,
    params: ctx.params,
    header: (name) => ctx.get(name),
    query: given as Call['query'],
    body: (body ? parse(body, await readJson(ctx.req, types)) : undefined) as Call['body'],
  };
}

function noneOf(query: object): undefined {
  const [first] = Object.keys(query);
  if (first !== undefined) throw new ApiProblem('invalid-input', { errors: [fault(first, 'nothing')] });
}

function idempotencyKey(text: string): string | undefined {
  if (text === '') return undefined;
  if (/^[\x21-\x7e]{1,200}$/.test(text)) return text;
  throw new ApiProblem('invalid-input', { errors: [fault('Idempotency-Key', '200 characters at most')] });
}

const fault = (path: string, expected: string) => ({ path, expected });

/** Throws ApiProblem with every fault; what was sent is not repeated. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message, code, ...issue }) =>
    code === 'unrecognized_keys'
      ? fault(path.join('.'), `no ${'keys' in issue ? String(issue.keys) : 'field'} here`)
      : fault(path.join('.'), message),
  );
  throw new ApiProblem('invalid-input', { errors });
}
