/** What was acknowledged: the answer had arrived. Kept outside the hub, to hold it against after a crash. */
import type { HttpBrowser } from '#test/support/http-browser.ts';
import { createHttpBrowser } from '#test/support/http-browser.ts';
import type { Person } from '#test/support/hub/hub-world.ts';

export interface LoadedPerson {
  readonly person: Person;
  /** `waiting` for the first login, then `open`; what comes first of a one-day password is `to-change`. */
  stage: 'waiting' | 'to-change' | 'open';
  /** The password that was acknowledged last; the opening password at first. */
  password: string;
  /** Sent, with no answer yet. */
  pending: string | undefined;
  loginsSent: number;
  loginsAcknowledged: number;
  codesAcknowledged: number;
  lastCodeAt: number;
  busy: boolean;
}

export interface Ledger {
  readonly people: readonly LoadedPerson[];
  /** Session cookies whose log-out was acknowledged. */
  readonly loggedOut: HttpBrowser[];
  /** Session cookies of acknowledged logins. */
  readonly loggedIn: HttpBrowser[];
  /** Acknowledged activations and password changes since `forgetRound`. */
  readonly touched: Set<LoadedPerson>;
}

export function newEntry(person: Person, stage: LoadedPerson['stage'], password: string): LoadedPerson {
  const counts = { loginsSent: 0, loginsAcknowledged: 0, codesAcknowledged: 0, lastCodeAt: 0 };
  return { person, stage, password, pending: undefined, busy: false, ...counts };
}

/** Another browser with the session of `browser` as it is now. */
export function keepSession(browser: HttpBrowser, origin: string): HttpBrowser {
  const kept = createHttpBrowser(origin);
  for (const [name, value] of browser.cookies) if (name.includes('session')) kept.setCookie(name, value);
  return kept;
}
