import type { Middleware } from 'koa';
import type { Log } from '#domain/log.ts';
import type { RequestState } from '#http/request-state.ts';
import { ApiProblem, asProblem, problemDocument } from '../problem.ts';

/** How problems are told: each interface has a standard of its own. */
export interface ProblemForm {
  readonly type: string;
  documentOf(problem: ApiProblem, requestId: string): unknown;
  /** What the document has no place for. */
  headersOf?(problem: ApiProblem): Readonly<Record<string, string>>;
}

const restForm: ProblemForm = { type: 'application/problem+json', documentOf: problemDocument };

/** The one place that turns a problem into an answer; the cause of what is wrong here goes to the log. */
export function answerProblems(log: Log, form: ProblemForm = restForm): Middleware<RequestState> {
  return async function problems(ctx, next) {
    ctx.set('Cache-Control', 'no-store');
    try {
      await next();
      if (ctx.status === 404 && ctx.body == null) throw new ApiProblem('not-found');
      if (ctx.status === 405) throw new ApiProblem('method-not-allowed');
    } catch (error) {
      const problem = asProblem(error);
      const { requestId } = ctx.state;
      if (problem.status >= 500)
        log.error('request failed', { requestId, code: problem.code, error: causeOf(error) });
      // What is left of a body that is too large is not waited for.
      ctx.status = problem.status;
      ctx.set({ ...form.headersOf?.(problem), ...problem.headers });
      ctx.body = JSON.stringify(form.documentOf(problem, requestId));
      ctx.type = form.type;
    }
  };
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? error) : error;
}
