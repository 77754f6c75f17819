import { expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { TextEncoding } from '#http/table/decode-text.ts';
import { readTable, type Table } from '#http/table/read-table.ts';
import { mintZip } from '#test/support/mint-zip.ts';

const isLikely = (text: string) => text.startsWith('姓名');
const read = (content: Buffer | string, more: { encoding?: TextEncoding; maximumLines?: number } = {}) =>
  readTable(Buffer.from(content), { maximumLines: 10, isLikely, ...more });

async function rowsOf({ rows }: Table) {
  const all = [];
  for await (const row of rows) all.push(row);
  return all;
}

const faultOf = async (...given: Parameters<typeof read>): Promise<unknown> => {
  try {
    await rowsOf(await read(...given));
    return undefined;
  } catch (error) {
    const { fault, line } = error as { fault: string; line?: number };
    return line === undefined ? fault : [fault, line];
  }
};

/** 姓名,單位 / 王小明,一科 */
const big5 = Buffer.from(
  'a9 6d a6 57 2c b3 e6 a6 ec 0a a4 fd a4 70 a9 fa 2c a4 40 ac ec'.replaceAll(' ', ''),
  'hex',
);
const gb18030 = Buffer.from(
  'd0 d5 c3 fb 2c 86 ce ce bb 0a cd f5 d0 a1 c3 f7 2c d2 bb bf c6'.replaceAll(' ', ''),
  'hex',
);
const expected = [{ line: 2, cells: ['王小明', '一科'] }];

test('reads UTF-8 with and without its mark, UTF-16 of Excel, Big5 and gb18030', async () => {
  const text = '姓名,單位\n王小明,一科';
  const files = [
    [Buffer.from(text), 'utf-8'],
    [Buffer.from(`\uFEFF${text}`), 'utf-8'],
    [Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le'), 'utf-16le'],
    [big5, 'big5'],
    [gb18030, 'gb18030'],
  ] as const;
  for (const [bytes, encoding] of files) {
    const table = await read(bytes);
    expect(table).toMatchObject({ encoding, head: ['姓名', '單位'] });
    expect(await rowsOf(table)).toEqual(expected);
  }
});

test('takes the encoding that is named, and no other', async () => {
  expect(await rowsOf(await read(big5, { encoding: 'big5' }))).toEqual(expected);
  expect(await faultOf(big5, { encoding: 'utf-8' })).toBe('wrong-encoding');
  expect(await faultOf(Buffer.from('\uFEFF姓名\n王'), { encoding: 'big5' })).toBe('wrong-encoding');
  expect(await faultOf(Buffer.from([0x61, 0xff, 0xff, 0x0a]))).toBe('wrong-encoding');
  expect(await faultOf('姓名\0\n王')).toBe('wrong-encoding');
});

test('numbers lines as a spreadsheet program does and leaves empty ones out', async () => {
  const table = await read('\n姓名;單位\r\n"王;小\n明";一科\r\n ; \r\n李,四;二科\r\n');
  expect(table.head).toEqual(['姓名', '單位']);
  expect(await rowsOf(table)).toEqual([
    { line: 3, cells: ['王;小\n明', '一科'] },
    { line: 5, cells: ['李,四', '二科'] },
  ]);
});

test('says what is wrong with a file, and where', async () => {
  expect(await faultOf('')).toBe('empty');
  expect(await faultOf('\n \n')).toBe('empty');
  expect(await faultOf('姓名\n\n')).toBe('empty');
  expect(await faultOf('姓名\n王"小"明\n')).toEqual(['not-a-table', 2]);
  expect(await faultOf(`姓名\n"王\n${'x\n'.repeat(20_000)}`)).toEqual(['not-a-table', 2]);
  expect(await faultOf('姓名\n王\n李\n張', { maximumLines: 2 })).toEqual(['too-many-lines', 4]);
  expect(await faultOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-workbook');
  expect(await faultOf('PK\x03\x04')).toBe('not-a-table');
});

const workbook = (sheet: string, more: { shared?: string; rels?: string } = {}) =>
  mintZip([
    {
      name: 'xl/workbook.xml',
      content: '<workbook><sheets><sheet name="a" r:id="rId7"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        more.rels ??
        '<Relationships><Relationship Id="rId7" Target="/xl/worksheets/own.xml"/></Relationships>',
    },
    { name: 'xl/sharedStrings.xml', content: more.shared ?? '<sst/>' },
    { name: 'xl/worksheets/own.xml', content: sheet },
  ]);

test('reads what our own templates are written with', async () => {
  const rows = [
    ['姓名', '生日'],
    ['<王> & "小明"', '0215'],
    [undefined, 'x'],
  ].map((row) => row.map((value) => (value === undefined ? null : { value, type: String })));
  const table = await read(await writeExcelFile(rows).toBuffer());
  expect(table).toMatchObject({ encoding: 'workbook', head: ['姓名', '生日'] });
  expect(await rowsOf(table)).toEqual([
    { line: 2, cells: ['<王> & "小明"', '0215'] },
    { line: 3, cells: ['', 'x'] },
  ]);
});

test('reads shared, inline, computed and plain values, where they stand', async () => {
  const sheet = `<?xml version="1.0"?><x:worksheet><x:sheetData>
    <x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row>
    <x:row r="4"><x:c r="B4"><x:v>215</x:v></x:c><x:c r="D4" t="inlineStr"><x:is><x:r><x:t>甲</x:t></x:r><x:r><x:t xml:space="preserve"> 乙</x:t></x:r></x:is></x:c></x:row>
    <x:row/><x:row><x:c t="str"><x:f>1+1</x:f><x:v>2&#x5B57;&#23383;&amp;&#xFFFFFF;</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c></x:row>
    </x:sheetData></x:worksheet>`;
  const shared = '<sst><si><r><t>姓</t></r><t>名</t><rPh><t>ㄒㄧㄥˋ</t></rPh></si></sst>';
  const table = await read(workbook(sheet, { shared }));
  expect(table.head).toEqual(['姓名']);
  expect(await rowsOf(table)).toEqual([
    { line: 4, cells: ['', '215', '', '甲 乙'] },
    { line: 6, cells: ['2字字&&#xFFFFFF;', '', ''] },
  ]);
});

test('refuses workbooks that no spreadsheet program writes', async () => {
  const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&bomb;</t></is></c></row>';
  expect(await faultOf(workbook(`<!DOCTYPE x [<!ENTITY bomb "x">]>${row}`))).toBe('not-a-table');
  expect(await faultOf(workbook(`<row><c><v>${'x'.repeat(300_000)}`))).toBe('not-a-table');
  expect(await faultOf(workbook(row, { rels: '<Relationships/>' }))).toBe('not-a-table');
  expect(await faultOf(mintZip([{ name: 'word/document.xml', content: '<x/>' }]))).toBe('not-a-table');
  const wide = `<row><c r="A1" t="str"><v>姓名</v></c></row><row r="2"><c r="ZZZ2" t="str"><v>far</v></c><c r="A2" t="str"><v>王</v></c></row>`;
  expect(await rowsOf(await read(workbook(wide)))).toEqual([{ line: 2, cells: ['王'] }]);
});

test('no two lines have one number, whatever a workbook says of its rows', async () => {
  const row = (at: string, text: string) => `<row r="${at}"><c t="str"><v>${text}</v></c></row>`;
  const table = await read(
    workbook(row('3', '姓名') + row('3', '王') + row('1', '李') + row('9', '張') + row('-2', '陳')),
  );
  expect((await rowsOf(table)).map(({ line }) => line)).toEqual([4, 5, 9, 10]);
});

test('reads a file of many pieces as one, wherever a letter is cut', async () => {
  const line = '𠮷野,"一,科"\n';
  const { rows } = await read(`姓名,單位\n${line.repeat(1000)}`, { maximumLines: 1000 });
  const cells = (await rowsOf({ rows } as Table)).map((row) => row.cells.join('|'));
  expect(cells).toEqual(Array.from({ length: 1000 }, () => '𠮷野|一,科'));
});

/** Whether anybody else had a turn before `work` ended. */
async function leavesTurns(work: Promise<unknown>): Promise<boolean> {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await work;
  clearInterval(timer);
  return turns > 0;
}

test('a file of nothing but short lines is given up at the first line too many, and keeps nobody waiting', async () => {
  const short = faultOf(`姓名\n${'a\n'.repeat(500_000)}`, { maximumLines: 20_000 });
  expect(await leavesTurns(short)).toBe(true);
  expect(await short).toEqual(['too-many-lines', 20_002]);
});

test('lines with nothing in them are not read without end either', async () => {
  expect(await faultOf(`姓名\n${'\n'.repeat(400_000)}`)).toEqual(['too-many-lines', 200_001]);
});

test('a tag as long as one may be is read in a time that grows with its length, whatever is in it', async () => {
  const took = async (inside: string) => {
    const began = performance.now();
    expect(await faultOf(workbook(`<row ${inside}>`))).toBe('empty');
    return performance.now() - began;
  };
  const honest = await took('a="1" '.repeat(40_000));
  for (const letters of ['a'.repeat(240_000), `a${' '.repeat(239_999)}`, 'a='.repeat(120_000)])
    expect(await took(letters)).toBeLessThan(20 * honest + 500);
});

test('no cell is longer than cells are, so that a shared text cannot be met again and again', async () => {
  const piece = `<r><t>${' '.repeat(30_000)}</t></r>`;
  const head = '<row><c t="str"><v>姓名</v></c></row>';
  const cell = '<row><c t="s"><v>0</v></c></row>';
  expect(await faultOf(workbook(head + cell, { shared: `<sst><si>${piece}${piece}</si></sst>` }))).toBe(
    'not-a-table',
  );
  const inline = `<row><c t="inlineStr"><is>${piece}${piece}</is></c></row>`;
  expect(await faultOf(workbook(head + inline))).toBe('not-a-table');
});

test('more rows than a sheet has, and more texts than a list needs, are not gone through to the end', async () => {
  const head = '<row><c t="str"><v>姓名</v></c></row>';
  expect(await faultOf(workbook(head + '<row/>'.repeat(1_100_000)))).toEqual(['too-many-lines', 1_048_577]);
  expect(await faultOf(workbook(`${head}<row r="1048577"/>`))).toEqual(['too-many-lines', 1_048_577]);
  expect(await faultOf(workbook(head, { shared: `<sst>${'<si/>'.repeat(2_000_001)}</sst>` }))).toBe(
    'too-large-inside',
  );
});

test('what lies in a workbook as it is, is read a piece at a time, too', async () => {
  const row = '<row><c t="str"><v>姓名</v></c></row>';
  const stored = mintZip(
    [
      { name: 'xl/workbook.xml', content: '<workbook/>' },
      { name: 'xl/worksheets/sheet1.xml', content: row.repeat(100_000) },
    ].map((entry) => ({ ...entry, method: 0 })),
  );
  const read = faultOf(stored, { maximumLines: 200_000 });
  expect(await leavesTurns(read)).toBe(true);
});

test('a sheet of 20,000 lines is read a piece at a time', async () => {
  const row = (nth: number) =>
    `<row r="${nth}">${'<c t="str"><v>some text of a cell</v></c>'.repeat(16)}</row>`;
  const sheet = Array.from({ length: 20_001 }, (_, nth) => row(nth + 1)).join('');
  const file = workbook(sheet);
  const table = await read(file, { maximumLines: 20_000 });
  let most = 0;
  let count = 0;
  const before = process.memoryUsage().heapUsed;
  for await (const _ of table.rows) {
    count += 1;
    if (count % 1000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  expect(count).toBe(20_000);
  expect(most).toBeLessThan(100 * 1024 * 1024);
});

test('a workbook of millions of shared texts with nothing in them is refused, however small it is packed', async () => {
  const shared = `<sst>${'<si/>'.repeat(2_000_001)}</sst>`;
  expect(await faultOf(workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { shared }))).toBe(
    'too-large-inside',
  );
});
