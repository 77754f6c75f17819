/**
 * Errors of the protocol endpoints: pages for people, JSON for programs, never internals; logged without personal
 * data (codes and client ids, no URL, no parameter). A directory or store that is down gives 503.
 */
import type { EventEmitter } from 'node:events';
import type { Context, Middleware } from 'koa';
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { isHufuError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { ProtocolPages } from './contract.ts';
import { oidcOf } from './oidc-context.ts';
import type { MethodsOf } from './routes.ts';

export function errorPage(pages: ProtocolPages): NonNullable<Configuration['renderError']> {
  return async (ctx, out, error) => {
    if (isHufuError(error)) ctx.status = error.status;
    await pages.renderError(ctx, { status: ctx.status, error: out.error });
  };
}

const refusals = [
  'authorization.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'jwks.error',
  'pushed_authorization_request.error',
  'registration_create.error',
  'device_authorization.error',
  'code_verification.error',
  'device_resume.error',
  'discovery.error',
] as const;

/** Logs what the library answers with an error. */
export function logProtocolErrors(provider: Provider, log: Log): void {
  // The library's events by their names as text: its types have an overload for each of them.
  const emitter: EventEmitter = provider;
  for (const event of refusals) {
    emitter.on(event, (ctx: KoaContextWithOIDC, error: Error) => {
      log.info('provider.refused', { event, code: error.message, ...requestFields(ctx) });
    });
  }
  provider.on('server_error', (ctx, error) => {
    if (isHufuError(error)) ctx.status = error.status;
    log.error('provider.failed', { error, ...requestFields(ctx) });
  });
  emitter.on('error', (error: unknown) => log.error('provider.broken-off', { error }));
}

function requestFields(ctx: Context): Record<string, string | undefined> {
  const oidc = oidcOf(ctx);
  return { route: oidc?.route, clientId: oidc?.client?.clientId };
}

/** Outermost: unknown paths, wrong methods, and failures of the middlewares around the library. */
export function answerErrors(pages: ProtocolPages, log: Log, methodsOf: MethodsOf): Middleware {
  return async function answerProtocolErrors(ctx, next) {
    const methods = methodsOf(ctx.path);
    if (!methods) return refuse(pages, ctx, 404, 'not_found');
    if (!methods.includes(ctx.method)) {
      ctx.set('Allow', methods.join(', '));
      return refuse(pages, ctx, 405, 'invalid_request');
    }
    try {
      await next();
    } catch (error) {
      if (isHufuError(error) && error.status < 500)
        return refuse(pages, ctx, error.status, 'invalid_request');
      log.error('provider.failed', { error, ...requestFields(ctx) });
      await withdraw(ctx);
      await refuse(pages, ctx, isHufuError(error) ? error.status : 500, 'server_error');
    }
  };
}

/** Takes back an answer that is not to leave: a code in a redirect above all. */
async function withdraw(ctx: Context): Promise<void> {
  ctx.remove('Location');
  ctx.body = null;
  // The code was never delivered; if this fails too, it dies within its minute.
  await oidcOf(ctx)
    ?.entities.AuthorizationCode?.destroy()
    .catch(() => undefined);
}

async function refuse(pages: ProtocolPages, ctx: Context, status: number, error: string): Promise<void> {
  ctx.status = status;
  if (ctx.accepts('json', 'html') === 'html') await pages.renderError(ctx, { status, error });
  else ctx.body = { error };
}
