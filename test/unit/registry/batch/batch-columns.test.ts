import { expect, test } from 'vitest';
import { importColumns } from '#accounts/import/import-columns.ts';
import { beginsWithHead, headingOf, importRows, judgeHead } from '#registry/batch/batch-columns.ts';

test.each(['zh-TW', 'en'] as const)('takes every column by its heading: %s', (language) => {
  const head = importColumns.map((column) => headingOf(language, column));
  expect(judgeHead(head, 'zh-TW')).toEqual({ ok: true, columns: importColumns });
  expect(beginsWithHead(`${head.join('\t')}\r\n`)).toBe(true);
});

test('columns may be moved, left out, marked and spaced; what our own files have besides is left alone', () => {
  const head = ['待更正事項', '電子郵件 *', '姓 名＊', '', '身分證字號', '出生月日', '原列號'];
  expect(judgeHead(head, 'zh-TW')).toEqual({
    ok: true,
    columns: ['faults', 'email', 'name', undefined, 'nationalId', 'birthday', 'line'],
  });
});

test('names what is missing, unknown or there twice', () => {
  const required = ['姓名', '身分證字號', '出生月日', '電子郵件'];
  expect(judgeHead(['姓名', '薪資'], 'en')).toEqual({
    ok: false,
    fault: 'missing-columns',
    columns: ['National ID', 'Birthday (MMDD)', 'E-mail'],
  });
  expect(judgeHead([...required, `薪資${'x'.repeat(99)}`], 'zh-TW')).toMatchObject({
    fault: 'unknown-columns',
    columns: [`薪資${'x'.repeat(38)}`],
  });
  expect(judgeHead([...required, 'Name'], 'zh-TW')).toMatchObject({
    fault: 'column-twice',
    columns: ['Name'],
  });
});

test('of a line nothing is looked at that no column stands over', async () => {
  const verdict = judgeHead(
    ['姓名', ...Array.from({ length: 7000 }, () => ''), '身分證字號', '出生月日', '電子郵件'],
    'en',
  );
  if (!verdict.ok) throw new Error(verdict.fault);
  const looked: PropertyKey[] = [];
  const cells = new Proxy(['王'], {
    get(line, at, receiver): unknown {
      looked.push(at);
      return Reflect.get(line, at, receiver);
    },
  });
  async function* one() {
    yield { line: 2, cells };
  }
  for await (const row of importRows(one(), verdict.columns)) expect(row.cells).toEqual({ name: '王' });
  expect(looked).toEqual(['0', '7001', '7002', '7003']);
});

test('a text in another encoding does not begin with a head', () => {
  expect(beginsWithHead('﹎,虫︗\n')).toBe(false);
  expect(beginsWithHead('')).toBe(false);
  expect(beginsWithHead('\n"姓名";"地址"\n')).toBe(true);
});

const columns = ['name', undefined, 'phone', 'line'] as const;

async function rowsOf(...cells: readonly (readonly string[])[]) {
  async function* table() {
    for (const [at, each] of cells.entries()) yield { line: at + 2, cells: each };
  }
  const rows = [];
  for await (const row of importRows(table(), columns)) rows.push(row);
  return rows;
}

test('lines come by column, trimmed, empty cells left out, bounded', async () => {
  expect(await rowsOf([' 王 ', 'x', '', '7'], ['李', '', `'+886-2`], ['x'.repeat(999)])).toEqual([
    { line: 2, cells: { name: '王' } },
    { line: 3, cells: { name: '李', phone: '+886-2' } },
    { line: 4, cells: { name: 'x'.repeat(400) } },
  ]);
});

test('the template’s example is nobody', async () => {
  expect(await rowsOf(['王小明（範例）'], ['王小明'], ['Example (not a person)'])).toHaveLength(1);
  await expect(rowsOf(['王小明（範例）'])).rejects.toMatchObject({ fault: 'empty' });
});
