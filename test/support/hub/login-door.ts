/** The login form as people find it who have an account for csm, and what the trail says of their attempts. */
import type { HubWorld, Person } from './hub-world.ts';
import {
  authorizationRequest,
  signingIn,
  type AuthorizationRequest,
  type Shown,
  type SigningIn,
} from './signing-in.ts';

export interface AtDoor {
  readonly at: SigningIn;
  readonly form: Shown;
  readonly request: AuthorizationRequest;
}

export interface LoginDoor {
  /** Somebody with an activated account and this password. */
  someone(): Promise<Person>;
  /** Somebody who has not opened the account yet. */
  newcomer(): Promise<Person>;
  /** The form in a browser of its own. */
  atDoor(): Promise<AtDoor>;
  /** What the trail says of the attempts on an account, newest last: the reason, or `done`. */
  attemptsOn(person: Person): Promise<string[]>;
}

export function createLoginDoor(world: () => HubWorld, password: string): LoginDoor {
  let next = 100;
  const sample = () => ({ n: next++, roles: ['csm_user_nocert'] });
  return {
    someone: () => world().activePerson(sample(), password),
    newcomer: () => world().openPerson(sample()),
    async atDoor() {
      const at = signingIn(world());
      const request = authorizationRequest(world(), 'csm');
      return { at, request, form: await at.open(request.url) };
    },
    async attemptsOn(person) {
      const entries = await world().hub.services.stores.records.audit.read(0, 100_000);
      return entries
        .filter(({ index }) => index.action === 'login.attempt' && index.onAccount === person.account.id)
        .map(({ entry }) => (JSON.parse(entry) as { reason?: string }).reason ?? 'done');
    },
  };
}

export const entered = (shown: Shown): boolean => shown.leads?.searchParams.has('code') === true;

/** A page without what differs on every request. */
export function normalised(html: string, account: string): string {
  return html
    .replaceAll(account, 'ACCOUNT')
    .replaceAll(/\/interaction\/[\w-]+/g, '/interaction/UID')
    .replaceAll(/name="csrf" value="[^"]+"/g, 'CSRF')
    .replaceAll(/[\w-]{16}(?=<)/g, 'REQUEST-ID');
}
