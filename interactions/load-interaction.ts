import type { Provider } from 'oidc-provider';
import { HufuError } from '#domain/errors.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { askedLevels } from '#provider/asked-assurance.ts';
import { isSignInOnly, scopesAskedFor, scopesToRemember } from '#provider/consent.ts';
import type { HubProvider } from '#provider/contract.ts';
import { allowFormRedirectTo } from '#http/security-headers.ts';
import type { Prompt } from './dispatch.ts';
import type { Interaction, InteractionHandler } from './interaction-state.ts';
import type { Transactions } from './transaction.ts';

interface Dependencies {
  readonly provider: Pick<HubProvider, 'current' | 'findRelyingParty'>;
  readonly transactions: Transactions;
}

/**
 * Finds the interaction of the URL by the cookie that only the browser holds in which it began; throws
 * `interaction-gone` for any other browser, and once the interaction has ended.
 */
export function loadInteraction({ provider, transactions }: Dependencies): InteractionHandler {
  return async function loadInteraction(ctx, next) {
    const details = await findDetails(provider.current(), ctx);
    // The cookie's path already says so; a cookie that some other software widened must not count.
    if (details.uid !== ctx.params.uid) throw new HufuError('interaction-gone');
    const client = provider.findRelyingParty(String(details.params.client_id));
    if (!client) throw new HufuError('interaction-gone');
    ctx.state.interaction = interactionOf(details, client);
    ctx.state.transaction = await transactions.find(details.uid);
    const { redirectUri } = ctx.state.interaction;
    if (redirectUri !== undefined) allowFormRedirectTo(ctx, redirectUri);
    await next();
  };
}

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

async function findDetails(provider: Provider, ctx: Parameters<InteractionHandler>[0]): Promise<Details> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'SessionNotFound')
      throw new HufuError('interaction-gone', { cause });
    throw cause;
  }
}

function interactionOf(details: Details, client: RelyingParty): Interaction {
  const { name, details: facts } = details.prompt;
  return {
    uid: details.uid,
    prompt: parsePrompt(name),
    reason: typeof facts.reason === 'string' ? facts.reason : undefined,
    ...askedLevels(details),
    client,
    scopesAsked: scopesAskedFor(details),
    scopesToRemember: scopesToRemember(details),
    signInOnly: isSignInOnly(details),
    redirectUri: redirectUriOf(details),
    accountId: details.session?.accountId,
  };
}

function redirectUriOf({ params }: Details): string | undefined {
  return typeof params.redirect_uri === 'string' ? params.redirect_uri : undefined;
}

function parsePrompt(name: string): Prompt {
  if (name === 'login' || name === 'admission' || name === 'consent') return name;
  throw new HufuError('internal', { cause: new Error(`no step for prompt ${name}`) });
}
