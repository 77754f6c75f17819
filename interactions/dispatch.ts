/**
 * The only place that decides what comes next while somebody signs in. A step completes, writes the transaction and
 * returns here; steps never lead to one another.
 */
import { assuranceOf, type AssuranceLevel } from '#domain/assurance.ts';
import type { RemainingStep, Transaction } from './transaction.ts';

/** A way to prove who one is; each has its folder and its door on the login page. A door is called as its login method. */
export type Door = 'certificate' | 'certificate-tls' | 'one-day-password';

/**
 * All doors, in the order that a new device is shown them: whoever is new opens the account with a password first. From
 * then on the one that was used last comes first.
 */
export const allDoors: readonly Door[] = ['one-day-password', 'certificate', 'certificate-tls'];

export type StepName = Door | RemainingStep | 'admission' | 'consent';

/** What is due: one of the doors, whichever the person takes; a step; or the end. */
export type Due = 'door' | Exclude<StepName, Door> | 'finish';

/** The prompts of the provider that lead here. */
export type Prompt = 'login' | 'admission' | 'consent';

export function nextStep(prompt: Prompt, { proven }: Transaction): Due {
  if (prompt !== 'login') return prompt;
  if (!proven) return 'door';
  const [first] = proven.remaining;
  if (first) return first;
  // An opening login meets nothing: its last step leads back to the door, never into a session.
  return proven.method === 'opening-password' ? 'door' : 'finish';
}

export function isDoor(step: StepName): step is Door {
  return (allDoors as readonly StepName[]).includes(step);
}

/** Whether a login through `door` is strong enough for what asked for the login. */
export function reaches(door: Door, least: AssuranceLevel): boolean {
  return assuranceOf(door).level >= least;
}

export function stepPath(uid: string, step: StepName): string {
  return `/interaction/${uid}/${step}`;
}
