/** Every number that the component may answer has words in both languages, and so has every verdict of ours. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { cardOutcomes } from '#pages/card-outcomes.ts';
import { cardVerdictAdvice, cardVerdictError, toldVerdicts } from '#pages/card-verdicts.ts';
import { findMessage } from '#pages/messages/catalogue.ts';

interface CardOutcomesScript {
  outcomeOf(answer: object): { outcome: string; code: string } | undefined;
}

const scripts = new URL('../../../src/pages/assets/js/', import.meta.url);
const { outcomeOf } = (await import(new URL('card-outcomes.js', scripts).href)) as CardOutcomesScript;
const known = new Map(cardOutcomes.map((outcome) => [outcome.id as string, outcome]));

const returned: readonly (readonly [number, string])[] = [
  [0x76000003, 'component-request'],
  [0x76000006, 'no-card'],
  [0x7600000b, 'component-request'],
  [0x7600000c, 'component-request'],
  [0x7600000d, 'component-failed'],
  [0x7600000f, 'domain-not-allowed'],
  [0x76000031, 'domain-not-allowed'],
  [0x76000998, 'no-pin'],
  [0x76000999, 'cancelled'],
  [0x76100003, 'no-reader'],
  [0x76100006, 'card-login-failed'],
  [0x76100008, 'key-not-read'],
  [0x76100009, 'certificate-not-read'],
  [0x76300004, 'sign-failed'],
  [0x76500001, 'card-not-yet-valid'],
  [0x76500002, 'card-expired'],
  [0x83000101, 'wrong-card-moica'],
  [0x83000102, 'wrong-card-moeaca'],
  [0x83000103, 'wrong-card-gca'],
  [0x83000104, 'wrong-card-xca'],
];

describe('an answer of the component', () => {
  it.each(returned)('%i means %s, as signed number too', (code, outcome) => {
    expect(outcomeOf({ ret_code: code, last_error: 0 })?.outcome).toBe(outcome);
    expect(outcomeOf({ ret_code: Math.trunc(code) | 0 })?.outcome).toBe(outcome);
    expect(known.get(outcome)).toBeDefined();
  });

  it.each([
    [0xa0, 'wrong-pin'],
    [0xa2, 'pin-length'],
    [0xa4, 'locked'],
    [-2147483647, 'wrong-pin-one-left'],
    [-2147483646, 'wrong-pin-two-left'],
  ] as const)('with last_error %i means %s', (last, outcome) => {
    expect(outcomeOf({ ret_code: 0x76100006, last_error: last })?.outcome).toBe(outcome);
    expect(known.get(outcome)).toBeDefined();
  });

  it('is a success by ret_code 0 alone', () => {
    expect(outcomeOf({ ret_code: 0, last_error: 0 })).toBeUndefined();
    expect(outcomeOf({ ret_code: '0' })?.outcome).toBe('component-other');
    expect(outcomeOf({})?.outcome).toBe('component-other');
    expect(outcomeOf({ ret_code: 1, last_error: 2 })).toEqual({ outcome: 'component-other', code: '01/02' });
    expect(outcomeOf({ ret_code: -2097151743 })?.code).toBe('83000101/00');
  });
});

test('every outcome that the scripts name is in the list, and has words, a next step and a code of its own', () => {
  const source = ['card-component.js', 'card-form.js', 'card-outcomes.js']
    .map((name) => readFileSync(new URL(name, scripts), 'utf8'))
    .join('\n');
  const named = [
    ...source.matchAll(/outcome: '([a-z-]+)'/g),
    ...source.matchAll(/refuse\('([a-z-]+)'\)/g),
    ...source.matchAll(/\[0x[0-9a-f]+, '([a-z-]+)'\]/g),
    ...source.matchAll(/\?\? '([a-z-]+)'/g),
  ].map(([, name]) => name ?? '');
  expect([...new Set(named)].sort()).toEqual([...known.keys()].sort());
  for (const { id } of cardOutcomes) {
    expect(findMessage(`card.outcome.${id}`), id).toBeDefined();
    expect(findMessage(`card.outcome.${id}.next`), id).toBeDefined();
  }
  expect(new Set(cardOutcomes.map(({ code }) => code)).size).toBe(cardOutcomes.length);
});

test('every verdict has words, a next step and a code of its own', () => {
  for (const verdict of toldVerdicts) {
    expect(findMessage(cardVerdictError(verdict).message), verdict).toBeDefined();
    expect(findMessage(cardVerdictAdvice(verdict)), verdict).toBeDefined();
  }
  const codes = toldVerdicts.map((verdict) => cardVerdictError(verdict).code);
  expect(new Set(codes).size).toBe(toldVerdicts.length);
});
