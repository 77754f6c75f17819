/**
 * The only place that decides what comes next while somebody signs in. A step completes, writes the transaction and
 * returns here; steps never lead to one another.
 */
import type { RemainingStep, Transaction } from './transaction.ts';

/** A way to prove who one is; each has its folder and its door on the login page. */
export type Door = 'certificate' | 'one-day-password';

export type Step = Door | RemainingStep | 'admission' | 'consent' | 'finish';

/** The prompts of the provider that lead here. */
export type Prompt = 'login' | 'admission' | 'consent';

export function nextStep(prompt: Prompt, { proven }: Transaction): Step {
  if (prompt !== 'login') return prompt;
  if (!proven) return 'one-day-password';
  const [first] = proven.remaining;
  if (first) return first;
  // An opening login meets nothing: its last step leads back to the door, never into a session.
  return proven.method === 'opening-password' ? 'one-day-password' : 'finish';
}

export function stepPath(uid: string, step: Exclude<Step, 'finish'>): string {
  return `/interaction/${uid}/${step}`;
}
