import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { readTable } from '#http/table/read-table.ts';
import { writeWorkbook, type Sheet } from '#http/table/write-workbook.ts';

const written = (...sheets: Sheet[]) => buffer(writeWorkbook(sheets));

async function readBack(bytes: Buffer) {
  const { head, rows } = await readTable(bytes, { maximumLines: 50_000, isLikely: () => true });
  const cells = [];
  for await (const row of rows) cells.push(row.cells);
  return { head, cells };
}

const odd = [
  ['王小明', '<b>&amp;"\'</b>', '  spaces \t and\nlines  '],
  ['0912345678', '', '\u0001\u000B\r\uFFFE'],
  ['_x0041_', '_x', '𠮷野家'],
];

test('what was written is read again, by our reader and by one that is not ours', async () => {
  const bytes = await written({ name: '名冊', head: ['甲', '乙', '丙'], rows: odd });
  expect(await readBack(bytes)).toEqual({ head: ['甲', '乙', '丙'], cells: odd });
  const [sheet] = await readXlsxFile(bytes);
  expect(sheet?.sheet).toBe('名冊');
  expect(sheet?.data.map((row) => row[0])).toEqual(['甲', '王小明', '0912345678', expect.any(String)]);
  expect(sheet?.data[1]?.[1]).toBe('<b>&amp;"\'</b>');
});

test('nothing is taken for a formula, half a character is none, and a cell that is too long is cut', async () => {
  const bytes = await written({ name: 'x', head: ['a'], rows: [['=1+1'], ['\uD83D'], ['x'.repeat(40_000)]] });
  const { cells } = await readBack(bytes);
  expect(cells.slice(0, 2)).toEqual([["'=1+1"], ['\uFFFD']]);
  expect(cells[2]?.[0]).toHaveLength(32_767);
});

test('several sheets, with names that no program refuses', async () => {
  const sheets = await readXlsxFile(
    await written(
      { name: `a[b]:c/d\\e?f*${'長'.repeat(40)}`, head: ['1'], rows: [], width: 18 },
      { name: '單位', head: Array.from({ length: 30 }, (_, n) => String(n)), rows: [['x']] },
    ),
  );
  expect(sheets.map(({ sheet }) => sheet)).toEqual([`a b  c d e f ${'長'.repeat(18)}`, '單位']);
  expect(sheets[1]?.data[0]?.[29]).toBe('29');
});

test('lines are asked for as they are taken, not all at once', async () => {
  let asked = 0;
  async function* rows() {
    for (; asked < 20_000; asked += 1) yield [`王小明${asked}`, 'x'.repeat(50)];
  }
  const stream = writeWorkbook([{ name: 'x', head: ['a', 'b'], rows: rows() }]);
  const pieces = stream[Symbol.asyncIterator]();
  await pieces.next();
  expect(asked).toBeLessThan(5000);
  const rest = await buffer(Readable.from(pieces));
  expect(asked).toBe(20_000);
  expect(rest.length).toBeGreaterThan(1000);
});

test('a source that breaks off breaks off the file', async () => {
  async function* rows() {
    yield ['a'];
    throw new Error('gone');
  }
  await expect(written({ name: 'x', head: ['a'], rows: rows() })).rejects.toThrow('gone');
});
