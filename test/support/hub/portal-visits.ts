import type { HubWorld, Person } from './hub-world.ts';
import { logInByPassword, signingIn, type SigningIn } from './signing-in.ts';

/** Somebody logged in on the portal, in a browser of their own. */
export async function atPortal(world: HubWorld, person: Person, password: string): Promise<SigningIn> {
  const at = signingIn(world);
  // One code a while goes to one person.
  world.clock.advance(11_000);
  const home = await logInByPassword(world, at, await at.open('/'), person, password);
  if (home.url.pathname !== '/') throw new Error(`the login led to ${home.url.pathname}`);
  return at;
}

/** What the trail says about one account and action, oldest first: `done`, or the reason of a refusal. */
export async function outcomesOf(world: HubWorld, person: Person, action: string): Promise<string[]> {
  const entries = await world.hub.services.stores.records.audit.read(0, 100_000);
  return entries
    .filter(({ index }) => index.action === action && index.onAccount === person.account.id)
    .map(({ entry, index }) => (JSON.parse(entry) as { reason?: string }).reason ?? index.outcome);
}
