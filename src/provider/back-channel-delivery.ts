/**
 * Carries one back-channel log-out from the outbox to its relying party: address as registered now, token made and
 * signed now. 200 and 204 are taken; 400 is its last word (OpenID Connect Back-Channel Logout 1.0, 2.8); anything
 * else is tried again by the outbox.
 */
import { z } from 'zod';
import { DeliveryRefused } from '#domain/delivery-refused.ts';
import { HufuError } from '#domain/errors.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { logOutAddressOf } from './back-channel-messages.ts';
import type { LogOutTokens } from './back-channel-token.ts';

interface Deps {
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
  readonly tokens: LogOutTokens;
  /** Must not follow redirects and must have limits of time and size. */
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
}

const noticeSchema = z.strictObject({ clientId: z.string(), sub: z.string(), sid: z.string() });

/** Takes a message's body; throws DeliveryRefused when trying again is of no use, another error when it is. */
export function createBackChannelDelivery({ findRelyingParty, tokens, fetch }: Deps) {
  return async (body: string): Promise<void> => {
    const parsed = noticeSchema.safeParse(JSON.parse(body));
    if (!parsed.success) throw new DeliveryRefused('malformed');
    const notice = parsed.data;
    const party = findRelyingParty(notice.clientId);
    const address = party && logOutAddressOf(party);
    // Registered no more, or no more for this.
    if (!party || address === undefined) throw new DeliveryRefused('no-log-out-address');
    const response = await fetch(address, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ logout_token: tokens.makeToken(notice, algorithmOf(party)) }),
    });
    if (response.status === 200 || response.status === 204) return;
    if (response.status === 400) throw new DeliveryRefused('log-out-refused');
    throw new HufuError('internal', { facts: { code: `status-${response.status}` } });
  };
}

function algorithmOf({ metadata }: RelyingParty): string {
  const algorithm = metadata['id_token_signed_response_alg'];
  return typeof algorithm === 'string' ? algorithm : 'RS256';
}
