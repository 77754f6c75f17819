import { expect, test } from 'vitest';
import { MalformedBer } from '#adapters/embedded-directory/protocol/ber-reader.ts';
import { createMessageFramer } from '#adapters/embedded-directory/protocol/message-framer.ts';

const message = Buffer.from('3005020101420030050201024200', 'hex');

test.each([1, 2, 3, 7, 8, 14])('finds two messages in chunks of %i bytes', (size) => {
  const framer = createMessageFramer();
  const found: Buffer[] = [];
  for (let start = 0; start < message.length; start += size) {
    framer.push(message.subarray(start, start + size));
    for (let next = framer.next(100); next !== undefined; next = framer.next(100)) found.push(next);
  }
  expect(Buffer.concat(found)).toEqual(message);
  expect(found).toHaveLength(2);
  expect(framer.partial).toBe(false);
});

test('says whether a message has begun', () => {
  const framer = createMessageFramer();
  expect(framer.partial).toBe(false);
  framer.push(message.subarray(0, 3));
  expect(framer.next(100)).toBeUndefined();
  expect(framer.partial).toBe(true);
});

test('refuses a message longer than allowed before it has arrived', () => {
  const framer = createMessageFramer();
  framer.push(Buffer.from('308400100000', 'hex'));
  expect(() => framer.next(1_048_576)).toThrow(MalformedBer);
});

test('refuses what is no LDAPMessage', () => {
  const framer = createMessageFramer();
  framer.push(Buffer.from('GET / HTTP/1.1'));
  expect(() => framer.next(1_048_576)).toThrow(MalformedBer);
});
