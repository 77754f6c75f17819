/**
 * Device flow (RFC 8628) with pages of ours; off unless configured, and for clients registered for it alone. Order: the device asks for
 * codes; a person types the user code, reads who asks from where and for what, confirms, and logs in as always; the device polls.
 * The library compares codes without regard to case and signs, from an alphabet without vowels and digits.
 */
import type { Context, Middleware } from 'koa';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { isHufuError } from '#domain/errors.ts';
import type { FindRelyingParty, HubProviderDeps, UserCodeFault } from './contract.ts';
import { pollSeconds } from './device-grant.ts';
import { createDeviceGuesses } from './device-guesses.ts';
import { oidcOf } from './oidc-context.ts';
import { routes } from './routes.ts';

type Settings = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

export interface DeviceFlow {
  readonly settings: Settings;
  /** Around the library: limit on guesses, codes that came in the link, the interval in the answer. */
  readonly middleware: Middleware;
}

interface Deps extends Pick<
  HubProviderDeps,
  'pages' | 'clock' | 'counters' | 'secretFor' | 'requestFacts' | 'log'
> {
  readonly findRelyingParty: FindRelyingParty;
}

/** The library's errors about a user code by their names, as the page tells them. */
const faults: Readonly<Record<string, UserCodeFault>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
};

export function createDeviceFlow(deps: Deps): DeviceFlow {
  const { pages, findRelyingParty } = deps;
  const guesses = createDeviceGuesses(deps);
  const linked = new WeakMap<object, string>();
  const action = routes.code_verification;
  const xsrfOf = ({ oidc }: KoaContextWithOIDC) => String(oidc.session?.state?.['secret'] ?? '');

  const settings: Settings = {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    deviceInfo: (ctx) => ({ address: deps.requestFacts(ctx.req).address ?? '' }),
    async userCodeInputSource(ctx, _form, out, error) {
      const form = { action, xsrf: xsrfOf(ctx), userCode: linked.get(ctx) ?? '' };
      if (!error) return pages.renderUserCode(ctx, form);
      if (error.name === 'AbortedError') return pages.renderDeviceOutcome(ctx, { outcome: 'declined' });
      const fault = faults[error.name];
      if (!fault) {
        if (isHufuError(error)) ctx.status = error.status;
        return pages.renderError(ctx, { status: ctx.status, error: out?.error ?? 'server_error' });
      }
      if (fault !== 'missing') guesses.noteWrong(ctx);
      ctx.status = 422;
      // On the way back from logging in nothing was typed.
      return pages.renderUserCode(ctx, { ...form, userCode: typedCode(ctx), fault });
    },
    async userCodeConfirmSource(ctx, _form, client, deviceInfo, userCode) {
      const relyingParty = findRelyingParty(client.clientId);
      const scope = ctx.oidc.entities.DeviceCode?.params?.['scope'];
      if (!relyingParty) throw new Error('device code of an unknown client');
      await pages.renderDeviceConfirmation(ctx, {
        action,
        xsrf: xsrfOf(ctx),
        userCode,
        relyingParty,
        scopes: typeof scope === 'string' ? scope.split(' ') : [],
        address: String(deviceInfo['address'] ?? ''),
      });
    },
    successSource: async (ctx) => pages.renderDeviceOutcome(ctx, { outcome: 'approved' }),
  };

  return {
    settings,
    async middleware(ctx, next) {
      if (ctx.path === action) takeLinkedCode(ctx, linked);
      if (ctx.path === action && ctx.method === 'POST') return guesses.limit(ctx, next);
      await next();
      return tellInterval(ctx);
    },
  };
}

function typedCode({ oidc }: KoaContextWithOIDC): string {
  const typed = oidc.route === 'code_verification' ? oidc.params?.['user_code'] : undefined;
  return typeof typed === 'string' ? typed.slice(0, 20) : '';
}

/** A code in the link fills in the form: the library would post it at once, by an inline script. */
function takeLinkedCode(ctx: Context, linked: WeakMap<object, string>): void {
  const { user_code: code } = ctx.query;
  if (ctx.method === 'POST' || code === undefined) return;
  if (typeof code === 'string') linked.set(ctx, code.slice(0, 20));
  ctx.querystring = '';
}

function tellInterval(ctx: Context): void {
  if (oidcOf(ctx)?.route !== 'device_authorization' || ctx.status !== 200) return;
  if (typeof ctx.body === 'object') ctx.body = { ...ctx.body, interval: pollSeconds };
}
