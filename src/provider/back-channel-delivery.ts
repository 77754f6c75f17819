/**
 * Carries one back-channel log-out from the outbox to its relying party: address as registered now, token made and
 * signed now. 200 and 204 are taken; 400 is its last word (OpenID Connect Back-Channel Logout 1.0, 2.8); anything
 * else is tried again by the outbox.
 */
import { z } from 'zod';
import { DeliveryRefused } from '#domain/delivery-refused.ts';
import { HufuError } from '#domain/errors.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import { logOutAddressOf } from './back-channel-messages.ts';
import type { LogOutTokens } from './back-channel-token.ts';
import type { LookUpRelyingParty } from './relying-party-lookup.ts';

/** Whom to tell of the end of which session, as it stands in the outbox. */
export interface LogOutMessage {
  readonly clientId: string;
  readonly accountId: AccountId;
  readonly sid: string;
}

interface Deps {
  readonly lookUpRelyingParty: LookUpRelyingParty;
  /** `sub` by which the relying party knows the person. */
  readonly subjectOf: (party: RelyingParty, accountId: AccountId) => string;
  readonly tokens: LogOutTokens;
  /** Must not follow redirects and must have limits of time and size. */
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
}

const messageSchema = z.strictObject({ clientId: z.string(), accountId: z.string(), sid: z.string() });

/** Takes a message's body; throws DeliveryRefused when trying again is of no use, another error when it is. */
export function createBackChannelDelivery({ lookUpRelyingParty, subjectOf, tokens, fetch }: Deps) {
  return async (body: string): Promise<void> => {
    const parsed = messageSchema.safeParse(JSON.parse(body));
    const accountId = parsed.data && parseAccountId(parsed.data.accountId);
    if (!parsed.success || !accountId) throw new DeliveryRefused('malformed');
    const { clientId, sid } = parsed.data;
    const party = await lookUpRelyingParty(clientId);
    if (!party) throw new DeliveryRefused('no-such-relying-party');
    const address = logOutAddressOf(party);
    // It never asked to be told, or does no more.
    if (address === undefined) return;
    const notice = { clientId, sub: subjectOf(party, accountId), sid };
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
