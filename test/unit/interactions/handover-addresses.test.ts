import { expect, test } from 'vitest';
import { returnPath, secretIn } from '#interactions/certificate-tls/handover-addresses.ts';

test('a secret stands in a query once, whole, and is nothing else', () => {
  const secret = 'aZ09_-'.padEnd(43, 'x');
  expect(secretIn(secret)).toBe(secret);
  for (const value of [undefined, '', 'x', `${secret}x`, `${secret}\n`, [secret, secret], [secret]]) {
    expect(secretIn(value)).toBeUndefined();
  }
});

test('the way back lies under the interaction, where its cookie goes', () => {
  expect(returnPath('u1')).toBe('/interaction/u1/certificate-tls/return');
});
