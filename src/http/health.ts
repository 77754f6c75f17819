import type { Middleware } from 'koa';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RequestState } from './request-state.ts';

export type HealthChecks = Readonly<Record<string, () => Promise<void>>>;

/** Answers may be this old, in milliseconds: whoever asks all the time must not keep directory and stores busy. */
const maximumAge = 1000;

interface Result {
  readonly name: string;
  readonly ok: boolean;
}

/** `/health/live`: the process answers. `/health/ready`: everything it stands on answers too, else 503 and which not. */
export function serveHealth(checks: HealthChecks, log: Log, clock: Clock): Middleware<RequestState> {
  let known: { readonly at: number; readonly results: Promise<readonly Result[]> } | undefined;

  function look(): Promise<readonly Result[]> {
    const now = clock.now().getTime();
    if (!known || Math.abs(now - known.at) >= maximumAge) {
      const all = Object.entries(checks).map(([name, check]) => run(name, check, log));
      known = { at: now, results: Promise.all(all) };
    }
    return known.results;
  }

  return async function health(ctx, next) {
    if (!ctx.path.startsWith('/health/')) return next();
    ctx.state.route = ctx.path === '/health/live' || ctx.path === '/health/ready' ? ctx.path : '/health/*';
    ctx.set('Cache-Control', 'no-store');
    if (ctx.path === '/health/live') ctx.body = { status: 'ok' };
    else if (ctx.path === '/health/ready') {
      const results = await look();
      const ready = results.every(({ ok }) => ok);
      ctx.status = ready ? 200 : 503;
      ctx.body = {
        status: ready ? 'ok' : 'unavailable',
        checks: Object.fromEntries(results.map(({ name, ok }) => [name, ok ? 'ok' : 'unavailable'])),
      };
    }
  };
}

async function run(name: string, check: () => Promise<void>, log: Log): Promise<Result> {
  try {
    await check();
    return { name, ok: true };
  } catch (error) {
    log.warn('health check failed', { check: name, error });
    return { name, ok: false };
  }
}
