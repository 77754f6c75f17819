/**
 * Writes into the session register that a session has reached a relying party, before the answer with the code
 * leaves: whoever holds a code can be told when the session ends. If the register fails, nothing is delivered.
 */
import type { Middleware } from 'koa';
import type { Provider } from 'oidc-provider';
import { parseAccountId } from '#domain/account.ts';
import type { SessionRegister } from '#domain/records.ts';
import { oidcOf } from './oidc-context.ts';

export function registerReached(provider: Provider, register: SessionRegister): Middleware {
  const successful = new WeakSet<object>();
  provider.on('authorization.success', (ctx) => successful.add(ctx));
  return async function registerReachedClient(ctx, next) {
    await next();
    if (!successful.has(ctx)) return;
    const oidc = oidcOf(ctx);
    const session = oidc?.session;
    const clientId = oidc?.client?.clientId;
    const accountId = session?.accountId ? parseAccountId(session.accountId) : undefined;
    const sid = clientId === undefined ? undefined : session?.sidFor(clientId);
    if (!session || !clientId || !accountId || !sid)
      throw new Error('authorization without session and client');
    await register.recordReached(
      {
        sessionUid: session.uid,
        accountId,
        startedAt: new Date((session.loginTs ?? 0) * 1000),
        endsAt: new Date(session.exp * 1000),
      },
      { clientId, sid },
    );
  };
}
