/**
 * Limit on guesses of user codes (RFC 8628, section 5.1): wrong codes per network address. A guess is counted before it is
 * judged and given back when it was none, so that guesses in parallel cannot exceed the limit.
 */
import { createHmac } from 'node:crypto';
import type { Context, Next } from 'koa';
import { networkOf } from '#authentication/network-of.ts';
import type { HubProviderDeps } from './contract.ts';

/** Wrong codes from one address in a window. */
export const wrongCodesAllowed = 20;
const windowMs = 15 * 60_000;

export interface DeviceGuesses {
  limit(ctx: Context, next: Next): Promise<void>;
  /** The code posted by the request at hand was wrong. */
  noteWrong(ctx: object): void;
}

type Deps = Pick<HubProviderDeps, 'pages' | 'clock' | 'counters' | 'secretFor' | 'requestFacts' | 'log'>;

export function createDeviceGuesses(deps: Deps): DeviceGuesses {
  const { clock, counters, pages, log } = deps;
  const secret = deps.secretFor('device-guesses');
  const wrong = new WeakSet<object>();
  return {
    noteWrong: (ctx) => void wrong.add(ctx),
    async limit(ctx, next) {
      const network = networkOf(deps.requestFacts(ctx.req).address ?? '');
      const key = `device-guesses:${createHmac('sha256', secret).update(network).digest('base64url')}`;
      const now = clock.now().getTime();
      const { count, expiresAt } = await counters.add(key, 1, new Date(now + windowMs));
      if (count > wrongCodesAllowed) {
        log.info('device.guesses-exceeded', { count });
        ctx.status = 429;
        ctx.set('Retry-After', String(Math.max(1, Math.ceil((expiresAt.getTime() - now) / 1000))));
        return pages.renderDeviceOutcome(ctx, { outcome: 'too-many' });
      }
      await next();
      if (!wrong.has(ctx)) await counters.add(key, -1, expiresAt);
    },
  };
}
