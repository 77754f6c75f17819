import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chainEntries, emptyChain, personalDigest, prepareEvent } from '#audit/chain.ts';
import { auditEventOf } from '#test/support/audit-world.ts';
import { realRandom } from '#test/support/real.ts';

const time = new Date('2026-03-02T01:00:00.123Z');
const fixed = { ...realRandom, bytes: (length: number) => Buffer.alloc(length, 1), token: () => 'event-id' };

test('an entry is exactly this text, and its hash is taken over it', () => {
  const event = auditEventOf({
    reason: 'wrong-password',
    evidence: { b: '2', a: '1' },
    personal: { address: '::1' },
  });
  const [entry] = chainEntries({ sequence: 41, hash: 'ab' }, [prepareEvent(event, time, fixed)]);
  const digest = personalDigest(Buffer.alloc(16, 1).toString('base64url'), 'address', '::1');
  expect(entry?.entry).toBe(
    `{"action":"test.act","actor":"system:command","evidence":{"a":"1","b":"2"},"id":"event-id","outcome":"done",` +
      `"personal":{"address":"${digest}"},"prev":"ab","reason":"wrong-password","sequence":42,` +
      `"time":"2026-03-02T01:00:00.123Z","v":1}`,
  );
  expect(entry?.hash).toBe(
    createHash('sha256')
      .update(entry?.entry ?? '')
      .digest('hex'),
  );
});

test('a digest is over salt, field and value, each with its length in front', () => {
  const salt = Buffer.alloc(16, 9);
  const bytes = Buffer.concat([
    Buffer.from([0, 0, 0, 16]),
    salt,
    Buffer.from([0, 0, 0, 4]),
    Buffer.from('name'),
    Buffer.from([0, 0, 0, 6]),
    Buffer.from('虎符'),
  ]);
  const expected = createHash('sha256').update(bytes).digest('base64url');
  expect(personalDigest(salt.toString('base64url'), 'name', '虎符')).toBe(expected);
});

test('each entry continues the one before, from the head given', () => {
  const entries = chainEntries(
    emptyChain,
    [1, 2, 3].map(() => prepareEvent(auditEventOf(), time, realRandom)),
  );
  expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  const prev = entries.map(({ entry }) => (JSON.parse(entry) as { prev: string }).prev);
  expect(prev).toEqual(['', entries[0]?.hash, entries[1]?.hash]);
});

test('a personal value is nowhere in the entry, and the same value has another digest each time', () => {
  const event = auditEventOf({ personal: { 'after.name': '王小明' } });
  const entries = chainEntries(emptyChain, [
    prepareEvent(event, time, realRandom),
    prepareEvent(event, time, realRandom),
  ]);
  const digests = entries.map(({ entry }) => (JSON.parse(entry) as { personal: object }).personal);
  expect(entries[0]?.entry).not.toContain('王小明');
  expect(digests[0]).not.toEqual(digests[1]);
  expect(entries[0]?.personal['after.name']?.value).toBe('王小明');
});

test('text that is not well-formed is mended, so that it is the same after storing', () => {
  const event = auditEventOf({ form: 'a\ud800', evidence: { e: '\udc00' }, personal: { name: '\ud800x' } });
  const [entry] = chainEntries(emptyChain, [prepareEvent(event, time, realRandom)]);
  expect(JSON.parse(entry?.entry ?? '')).toMatchObject({ form: 'a\ufffd', evidence: { e: '\ufffd' } });
  expect(entry?.personal['name']?.value).toBe('\ufffdx');
});
