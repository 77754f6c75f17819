/** The business system's own sessions, in memory: who is logged in here, which login is under way. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type { Answers, PendingLogin, Tokens } from './relying-party.ts';
import type { Word } from './words.ts';

export interface Visit {
  pending?: PendingLogin | undefined;
  login?: { readonly tokens: Tokens; readonly answers: Answers } | undefined;
  /** Something to be said once, on the next page. */
  word?: Word | undefined;
}

export interface Visits {
  /** The visit of this browser; a new one when it has none. */
  of(ctx: Context): Visit;
  /** The visit under a new cookie value, so that one planted before the login is worth nothing. */
  renew(ctx: Context): Visit;
}

/** Enough for a demo; the oldest goes first. */
const most = 1000;

/** Cookies ignore ports: each system's has a name of its own. */
export function createVisits(cookieName: string): Visits {
  const visits = new Map<string, Visit>();

  function begin(ctx: Context, visit: Visit): Visit {
    const id = randomBytes(24).toString('base64url');
    const [oldest] = visits.keys();
    if (visits.size >= most && oldest !== undefined) visits.delete(oldest);
    visits.set(id, visit);
    ctx.cookies.set(cookieName, id, { httpOnly: true, sameSite: 'lax', path: '/' });
    return visit;
  }

  return {
    of: (ctx) => visits.get(ctx.cookies.get(cookieName) ?? '') ?? begin(ctx, {}),
    renew(ctx) {
      const id = ctx.cookies.get(cookieName) ?? '';
      const visit = visits.get(id) ?? {};
      visits.delete(id);
      return begin(ctx, visit);
    },
  };
}
