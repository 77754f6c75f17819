import { describe, expect, test } from 'vitest';
import { nextStep, stepPath } from '#interactions/dispatch.ts';
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

test('nothing proved: the door, with or without something to say there', () => {
  expect(nextStep('login', {})).toBe('one-day-password');
  expect(nextStep('login', { notice: 'activated' })).toBe('one-day-password');
});

test('what remains, one after the other, then the end', () => {
  const steps = (...remaining: RemainingStep[]) =>
    nextStep('login', { proven: proven('one-day-password', ...remaining) });
  expect(steps('rules-of-use', 'change-password')).toBe('rules-of-use');
  expect(steps('change-password')).toBe('change-password');
  expect(steps()).toBe('finish');
});

describe('an opening login', () => {
  const steps = (...remaining: RemainingStep[]) =>
    nextStep('login', { proven: proven('opening-password', ...remaining) });

  test('leads through its steps and never into a session', () => {
    expect(steps('rules-of-use', 'change-password')).toBe('rules-of-use');
    expect(steps('change-password')).toBe('change-password');
    expect(steps()).toBe('one-day-password');
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
