/**
 * What the records say about device codes: each is approved or refused once, audited before it is written (a failure fails the
 * act), and polled no faster than agreed. The library keeps no count of polls and looks and writes in two steps.
 */
import { errors, Provider, type AdapterPayload } from 'oidc-provider';
import { deviceAnswered } from '#audit/device-events.ts';
import type { HubProviderDeps } from './contract.ts';
import { deviceCodeSeconds, pollSeconds } from './device-grant.ts';
import { oidcOf } from './oidc-context.ts';

export interface DeviceCodes {
  /** Before a device code is written: lets one answer through. Throws `access_denied` for a second one. */
  admit(id: string, payload: AdapterPayload): Promise<void>;
  /** When a device code was read: throws `slow_down` for a poll too soon after the last. */
  checkPoll(id: string): Promise<void>;
}

type Deps = Pick<HubProviderDeps, 'audit' | 'clock' | 'counters' | 'requestFacts'>;

/** Less than the interval, since polls do not take the same time to arrive. */
const leastPollMs = (pollSeconds - 1) * 1000;

export function createDeviceCodes({ audit, clock, counters, requestFacts }: Deps): DeviceCodes {
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
  return {
    async admit(id, payload) {
      const { accountId, error, clientId = '' } = payload;
      if (accountId === undefined && error === undefined) return;
      const key = `device-answered:${id}`;
      const { count, expiresAt } = await counters.add(key, 1, inMs(deviceCodeSeconds * 1000));
      if (count > 1) throw new errors.InvalidRequest('the device was answered meanwhile');
      const request = Provider.ctx;
      const person = accountId ?? (request && oidcOf(request)?.session?.accountId);
      const context = {
        actor: person === undefined ? 'anonymous' : `person:${person}`,
        clientId,
        ...(request && requestFacts(request.req)),
      };
      try {
        await audit(
          deviceAnswered(context, {
            ...(person !== undefined && { account: { id: person } }),
            ...(error === undefined ? { scopes: payload.scope ?? '' } : { refusal: error }),
          }),
        );
      } catch (cause) {
        await counters.add(key, -1, expiresAt);
        throw cause;
      }
    },
    async checkPoll(id) {
      const request = Provider.ctx;
      if (!request || oidcOf(request)?.route !== 'token') return;
      const { count } = await counters.add(`device-poll:${id}`, 1, inMs(leastPollMs));
      if (count > 1) throw new errors.SlowDown('wait between polls');
    },
  };
}
