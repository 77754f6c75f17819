import { expect, test } from 'vitest';
import type { TableError } from '#http/table/table-error.ts';
import { openZip } from '#http/table/zip-archive.ts';
import { mintZip, type MintedEntry } from '#test/support/mint-zip.ts';

const limits = { entries: 5, bytes: 100_000 };

async function contentOf(archive: Buffer, name: string): Promise<string | undefined> {
  const entry = openZip(archive, limits).open(name);
  if (!entry) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of entry) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const faultOf = async (archive: Buffer, name = 'a') =>
  contentOf(archive, name).then(
    () => undefined,
    (error: unknown) => (error as TableError).fault,
  );

test('gives entries by name, stored and deflated', async () => {
  const archive = mintZip([
    { name: 'a', content: '甲'.repeat(1000) },
    { name: 'b', content: 'plain', method: 0 },
  ]);
  expect(await contentOf(archive, 'a')).toBe('甲'.repeat(1000));
  expect(await contentOf(archive, 'b')).toBe('plain');
  expect(await contentOf(archive, 'c')).toBeUndefined();
});

test('refuses what announces too much before inflating it, and too many entries', async () => {
  expect(await faultOf(mintZip([{ name: 'a', content: Buffer.alloc(100_001) }]))).toBe('too-large-inside');
  const two = ['a', 'b'].map((name): MintedEntry => ({ name, content: Buffer.alloc(60_000) }));
  expect(await faultOf(mintZip(two))).toBe('too-large-inside');
  const many = Array.from({ length: 6 }, (_, nth): MintedEntry => ({ name: String(nth), content: '' }));
  expect(await faultOf(mintZip(many))).toBe('too-large-inside');
});

test('stops inflating where an entry gives more than it announced', async () => {
  const bomb = mintZip([{ name: 'a', content: Buffer.alloc(200_000_000), announced: 10 }]);
  const before = process.memoryUsage().rss;
  expect(await faultOf(bomb)).toBe('too-large-inside');
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test('counts what all entries together give', async () => {
  const archive = openZip(mintZip([{ name: 'a', content: Buffer.alloc(60_000) }]), limits);
  const drain = async () => {
    for await (const _ of archive.open('a') ?? []);
  };
  await drain();
  await expect(drain()).rejects.toMatchObject({ fault: 'too-large-inside' });
});

test('refuses what is locked, packed in another way, broken off or no archive', async () => {
  expect(await faultOf(mintZip([{ name: 'a', content: 'x', flags: 1 }]))).toBe('old-workbook');
  expect(await faultOf(mintZip([{ name: 'a', content: 'x', method: 12 }]))).toBe('not-a-table');
  const whole = mintZip([{ name: 'a', content: 'some text' }]);
  expect(await faultOf(whole.subarray(10))).toBe('not-a-table');
  expect(await faultOf(Buffer.concat([Buffer.alloc(20), whole.subarray(20)]))).toBe('not-a-table');
  expect(await faultOf(Buffer.from('PK\x03\x04 and no more'))).toBe('not-a-table');
  expect(await faultOf(mintZip([{ name: 'a', content: 'some text', announced: 20 }]))).toBe('not-a-table');
  const spoilt = Buffer.from(mintZip([{ name: 'a', content: 'some text' }]));
  spoilt.fill(0xff, 31, 36);
  expect(await faultOf(spoilt)).toBe('not-a-table');
});
