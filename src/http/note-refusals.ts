import type { Middleware } from 'koa';
import { isHufuError, type ErrorCode } from '#domain/errors.ts';
import type { RequestState } from './request-state.ts';

/** Told of a change that was refused before any rule was asked, e.g. for a foreign or missing form token. */
export type NoteRefusal = (state: RequestState, code: ErrorCode) => Promise<unknown>;

/** Refusals that may be an attack on somebody's session or record; the audit trail keeps them. */
const suspicious: ReadonlySet<ErrorCode> = new Set([
  'cross-site',
  'form-expired',
  'interaction-gone',
  'bad-request',
]);

export function noteRefusals(note: NoteRefusal): Middleware<RequestState> {
  return async function refusalNotes(ctx, next) {
    try {
      await next();
    } catch (error) {
      if (ctx.method === 'POST' && isHufuError(error) && suspicious.has(error.code))
        await note(ctx.state, error.code);
      throw error;
    }
  };
}
