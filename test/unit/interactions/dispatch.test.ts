import { describe, expect, test } from 'vitest';
import { allDoors, isDoor, nextStep, reaches, stepPath } from '#interactions/dispatch.ts';
import type { ProvenPerson, RemainingStep } from '#interactions/transaction.ts';
import { sampleId } from '#test/support/memory/accounts.ts';

const proven = (method: ProvenPerson['method'], ...remaining: RemainingStep[]): ProvenPerson => ({
  accountId: sampleId('a'),
  revision: 1,
  method,
  provenAt: new Date(0),
  mailConfirmed: true,
  remaining,
});

test('nothing proved: one of the doors, with or without something to say there', () => {
  expect(nextStep('login', {})).toBe('door');
  expect(nextStep('login', { notice: 'activated' })).toBe('door');
});

test('a door is a login method, and strong enough as its row in the table says', () => {
  expect(allDoors.filter((door) => reaches(door, 2))).toEqual([
    'one-day-password',
    'certificate',
    'certificate-tls',
  ]);
  expect(allDoors.filter((door) => reaches(door, 3))).toEqual(['certificate', 'certificate-tls']);
  expect(isDoor('certificate')).toBe(true);
  expect(isDoor('rules-of-use')).toBe(false);
});

test('what remains, one after the other, then the end', () => {
  const steps = (...remaining: RemainingStep[]) =>
    nextStep('login', { proven: proven('one-day-password', ...remaining) });
  expect(steps('rules-of-use', 'change-password')).toBe('rules-of-use');
  expect(steps('change-password')).toBe('change-password');
  expect(steps()).toBe('finish');
  expect(nextStep('login', { proven: proven('certificate', 'rules-of-use') })).toBe('rules-of-use');
  expect(nextStep('login', { proven: proven('certificate') })).toBe('finish');
});

describe('an opening login', () => {
  const steps = (...remaining: RemainingStep[]) =>
    nextStep('login', { proven: proven('opening-password', ...remaining) });

  test('leads through its steps and never into a session', () => {
    expect(steps('rules-of-use', 'change-password')).toBe('rules-of-use');
    expect(steps('change-password')).toBe('change-password');
    expect(steps()).toBe('door');
  });
});

test('other prompts have their own step, whatever was proved before', () => {
  for (const prompt of ['admission', 'consent'] as const) {
    expect(nextStep(prompt, {})).toBe(prompt);
    expect(nextStep(prompt, { proven: proven('one-day-password') })).toBe(prompt);
    expect(nextStep(prompt, { proven: proven('opening-password', 'change-password') })).toBe(prompt);
  }
});

test('a step has its path under the interaction', () => {
  expect(stepPath('u1', 'change-password')).toBe('/interaction/u1/change-password');
});
