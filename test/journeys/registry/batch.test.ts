import { afterAll, beforeAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import readExcelFile from 'read-excel-file/node';
import type { Account } from '#domain/account.ts';
import {
  startRegistryWorld,
  statusesFor,
  type Posted,
  type RegistryWorld,
} from '../../support/hub/registry-visits.ts';
import { sampleNationalId } from '../../support/hub/sample-people.ts';
import type { SigningIn } from '../../support/hub/signing-in.ts';
import { mintZip } from '../../support/mint-zip.ts';

let world: RegistryWorld;
let manager: SigningIn;

const unit = '2.16.886.101.90027.20002.20011';
const system = { kind: 'system', purpose: 'command' } as const;

beforeAll(async () => {
  world = await startRegistryWorld({
    registry: {
      requirement: 'second-factor',
      import: { maximumMegabytes: 1, mostFaulty: 50, maximumLines: 300 },
    },
  });
  manager = world.at.manager;
  const { organizations } = world.hub.services.directory;
  await organizations.putOrganization(system, { oid: unit as Account['scopeOid'], name: '工商課' });
});
afterAll(() => world.close());

const base = '/registry/batch';
const head = '姓名,身分證字號,出生月日,電子郵件,單位OID,角色代碼';
const line = (n: number, more: { unit?: string; roles?: string; id?: string; name?: string } = {}) =>
  [
    more.name ?? `批次${n}`,
    more.id ?? sampleNationalId(n),
    '0215',
    `b${n}@example.test`,
    more.unit ?? unit,
    more.roles ?? 'csm_user',
  ].join(',');
const csv = (...lines: readonly string[]) => [head, ...lines].join('\r\n');

interface Handed extends Posted {
  readonly id: string;
}

async function handIn(
  content: string | Buffer,
  {
    by = manager,
    encoding = 'auto',
    formNumber = 'F-1',
    csrf,
  }: { by?: SigningIn; encoding?: string; formNumber?: string; csrf?: string } = {},
): Promise<Handed> {
  const body = new FormData();
  body.set('csrf', csrf ?? (await by.open(`${base}/new`)).csrf);
  body.set('encoding', encoding);
  body.set('formNumber', formNumber);
  body.set('reason', '新進人員');
  body.set('file', new Blob([Buffer.from(content)]), '名冊.csv');
  const response = await by.browser.fetch(new URL(`${base}/new`, world.origin), {
    method: 'POST',
    body,
    headers: { Origin: world.origin },
  });
  const location = response.headers.get('Location') ?? undefined;
  return {
    status: response.status,
    html: await response.text(),
    location,
    id: location?.split('/').at(-1) ?? '',
  };
}

/** Reloads the page until the work is over, as somebody without script does. */
async function settled(id: string): Promise<string> {
  let html = '';
  await expect
    .poll(
      async () => {
        ({ html } = await manager.open(`${base}/${id}`));
        return html.includes('data-progress=');
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(false);
  return html;
}

async function act(
  id: string,
  deed: string,
  fields: readonly (readonly [string, string])[] = [],
  by = manager,
) {
  const { csrf } = await by.open(`${base}/new`);
  return world.postForm(by, `${base}/${id}/${deed}`, [['csrf', csrf], ...fields]);
}

const download = async (path: string) => {
  const response = await manager.browser.fetch(new URL(path, world.origin));
  return {
    status: response.status,
    type: response.headers.get('Content-Type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

const personOf = async (n: number) =>
  world.hub.services.directory.accounts.findAccountByNationalId(
    system,
    sampleNationalId(n) as Parameters<
      typeof world.hub.services.directory.accounts.findAccountByNationalId
    >[1],
  );

test('a file is handed in, checked, its faults shown and mended, and what is right brought in and undone', async () => {
  const bad = line(12, { id: 'A123456788', name: '=cmd|x' });
  const handed = await handIn(csv(line(10), line(11, { roles: 'fms_user' }), bad, line(13)));
  expect(handed.status).toBe(303);
  const checked = await settled(handed.id);
  for (const words of [
    '公務員查詢註冊結果',
    'fms_user 不在您可設定的類別',
    '身分證字號：字號或檢查碼不正確',
    '轉入正確的 2 列',
  ])
    expect(checked).toContain(words);
  expect(checked).not.toContain('A123456788');
  expect(await personOf(10)).toBeUndefined();

  const mend = await download(`${base}/${handed.id}/corrections/csv`);
  const text = mend.bytes.toString('utf8');
  expect(text.startsWith('\uFEFF待更正事項,原列號,姓名')).toBe(true);
  expect(text).toContain(`"'=cmd|x"`);
  expect(text.trim().split('\r\n')).toHaveLength(3);
  const sheet = await readExcelFile((await download(`${base}/${handed.id}/corrections/xlsx`)).bytes);
  expect(JSON.stringify(sheet)).toContain("'=cmd|x");

  expect((await manager.open(`${base}/${handed.id}/bring-in`)).html).toContain('將開立 2 個帳號');
  expect((await act(handed.id, 'bring-in')).status).toBe(303);
  const done = await settled(handed.id);
  expect(done).toContain('已轉入');
  expect(await personOf(10)).toMatchObject({ status: 'not-opened', unit: { name: '工商課' } });
  const opened = (await download(`${base}/${handed.id}/opened`)).bytes.toString('utf8');
  expect(opened).toContain('b10@example.test');
  expect(opened).not.toContain(sampleNationalId(10));
  expect(opened).not.toContain('0215');

  expect((await act(handed.id, 'undo')).html).toContain('請輸入將刪除的帳號數 2 以確認');
  expect((await act(handed.id, 'undo', [['count', '2']])).status).toBe(303);
  expect(await settled(handed.id)).toContain('已復原');
  expect(await personOf(10)).toBeUndefined();

  const again = await handIn(
    text.replace('A123456788', sampleNationalId(12)).replaceAll('fms_user', 'csm_user'),
  );
  expect(await settled(again.id)).toContain('轉入正確的 2 列');
});

test('templates can be handed in as they are, and everybody’s spreadsheet program’s encoding', async () => {
  for (const format of ['csv', 'xlsx']) {
    const template = await download(`${base}/template/${format}`);
    expect(template.status).toBe(200);
    // The example is nobody.
    expect((await handIn(template.bytes)).html).toContain('檔案裡沒有資料列');
  }
  const { bytes } = await download(`${base}/template/csv`);
  const filled = await handIn(
    `${bytes.toString('utf8')}填好,${sampleNationalId(19)},215,b19@example.test,${unit}\r\n`,
  );
  expect(await settled(filled.id)).toContain('轉入正確的 1 列');
  await act(filled.id, 'cancel');
  const sheet = [head.split(','), line(20).split(',')].map((row) =>
    row.map((value) => ({ value, type: String })),
  );
  const handed = await handIn(await writeExcelFile(sheet).toBuffer());
  expect(await settled(handed.id)).toContain('批次20');
  await act(handed.id, 'cancel');
});

test('what cannot be read is refused at once, in words, and leaves nothing', async () => {
  const before = (await manager.open(base)).html.match(/state--/g)?.length;
  const refused = [
    [csv(), '檔案裡沒有資料列'],
    ['姓名,電子郵件\r\n王,a@b', '缺少欄位：身分證字號、出生月日'],
    [`${head},薪資\r\n${line(1)},1`, '不認得的欄位：薪資'],
    [`${head},姓名\r\n${line(1)},x`, '欄位重複：姓名'],
    [csv('王"小"明'), '第 2 列附近的引號或格式損壞'],
    [csv(...Array.from({ length: 301 }, (_, n) => line(n))), '超過 300 列'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), '舊版 XLS'],
    [
      mintZip([{ name: 'xl/workbook.xml', content: Buffer.alloc(300_000_000), announced: 100 }]),
      '展開後過大',
    ],
    [mintZip([{ name: 'xl/workbook.xml', content: Buffer.alloc(120_000_000) }]), '展開後過大'],
  ] as const;
  for (const [content, words] of refused) {
    const handed = await handIn(content);
    expect([handed.status, handed.html.includes(words)]).toEqual([422, true]);
  }
  expect((await handIn(Buffer.from('姓名\n'), { encoding: 'big5' })).html).toContain('文字編碼不符');
  const large = await handIn(Buffer.alloc(2 * 1024 * 1024, 'x'));
  expect([large.status, large.html.includes('檔案超過 1 MB')]).toEqual([413, true]);
  expect((await handIn(csv(line(1)), { formNumber: '' })).status).toBe(422);
  expect((await handIn(csv(line(1)), { csrf: 'x'.repeat(43) })).status).toBe(400);
  expect((await manager.open(base)).html.match(/state--/g)?.length).toBe(before);
});

test('of twenty files handed in at once one is read at a time, and no more are taken than may be open', async () => {
  const opened = async () =>
    (await manager.open(base)).html.match(/href="\/registry\/batch\/[\w-]{16}"/g) ?? [];
  const before = await opened();
  const { csrf } = await manager.open(`${base}/new`);
  const one = () => handIn(csv(...Array.from({ length: 300 }, (_, n) => line(100 + n))), { csrf });
  const handed = await Promise.all(Array.from({ length: 20 }, one));
  const taken = handed.filter(({ status }) => status === 303);
  expect(taken.length).toBeGreaterThan(0);
  expect(taken.length).toBeLessThanOrEqual(5);
  const refused = handed.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(20 - taken.length);
  expect(refused.some(({ html }) => html.includes('您的另一個檔案正在讀取'))).toBe(true);
  expect((await opened()).length - before.length).toBe(taken.length);
  for (const { id } of taken) {
    await settled(id);
    expect((await act(id, 'cancel')).status).toBe(303);
  }
});

test('a workbook that calls all its rows by one number is read like any other', async () => {
  const row = (cells: string) =>
    `<row r="1">${cells
      .split(',')
      .map((cell) => `<c t="str"><v>${cell}</v></c>`)
      .join('')}</row>`;
  const handed = await handIn(
    mintZip([
      { name: 'xl/workbook.xml', content: '<workbook/>' },
      { name: 'xl/worksheets/sheet1.xml', content: [head, line(410), line(411)].map(row).join('') },
    ]),
  );
  expect(handed.status).toBe(303);
  expect(await settled(handed.id)).toContain('轉入正確的 2 列');
  await act(handed.id, 'cancel');
});

test('a file that is faulty throughout is given up early', async () => {
  const handed = await handIn(csv(...Array.from({ length: 300 }, (_, n) => line(n, { id: 'none' }))));
  const html = await settled(handed.id);
  expect(html).toContain('錯誤過多，已停止檢核');
  expect(html).toContain('有誤的列超過 50 列');
});

test('lines beyond either ceiling are refused and audited', async () => {
  const handed = await handIn(
    csv(line(30, { unit: '2.16.886.101.90027.200021.1' }), line(31, { roles: 'bms_user' })),
  );
  expect(await settled(handed.id)).toContain('不在您的管轄範圍');
  const refused = (await world.audited('account.open')).filter((entry) => entry.includes('"refused"'));
  expect(
    refused
      .slice(0, 2)
      .map((entry) => (JSON.parse(entry) as { reason: string }).reason)
      .toSorted(),
  ).toEqual(['category-not-held', 'outside-jurisdiction']);
  expect((await act(handed.id, 'bring-in')).status).toBe(409);
  await act(handed.id, 'cancel');
});

test('to anybody else the import is not there, by any address or form', async () => {
  const { id } = await handIn(csv(line(40)));
  await settled(id);
  const officer = world.at['programme-officer'];
  const paths = ['', '/progress', '/corrections/csv', '/opened', '/bring-in', '/cancel', '/undo'].map(
    (rest) => `${base}/${id}${rest}`,
  );
  for (const path of paths) expect((await officer.open(path)).status).toBe(404);
  for (const deed of ['bring-in', 'cancel', 'undo'])
    expect((await act(id, deed, [], officer)).status).toBe(404);
  expect((await officer.open(base)).html).not.toContain(id);
  expect(new Set(await statusesFor(world, world.at.general, paths))).toEqual(new Set([404]));
  expect(await personOf(40)).toBeUndefined();
  expect((await manager.open(`${base}/${id}`)).html).toContain('轉入正確的 1 列');
  await act(id, 'cancel');
});

test('the progress is given as numbers', async () => {
  const { id } = await handIn(csv(line(50), line(51)));
  await settled(id);
  const { bytes } = await download(`${base}/${id}/progress`);
  expect(JSON.parse(bytes.toString())).toEqual({ state: 'checked', done: 0, total: 2 });
  expect((await manager.open(`${base}/none/progress`)).status).toBe(404);
  expect((await manager.open(`${base}/${id}/nothing`)).status).toBe(404);
  expect((await manager.open(`${base}/template/doc`)).status).toBe(404);
});

test('a manager who may not any more gets nothing brought in', async () => {
  const { id } = await handIn(csv(line(60)));
  await settled(id);
  const { accounts } = world.hub.services.directory;
  const account = await accounts.findAccount(system, world.people.manager.account.id);
  if (!account) throw new Error('the manager is gone');
  await accounts.modifyAccount(system, account.id, account.revision, { categories: ['csm', 'fms'] });
  expect((await act(id, 'bring-in')).status).toBe(303);
  expect(await settled(id)).toContain('權限已變更');
  expect(await personOf(60)).toBeUndefined();
  await accounts.modifyAccount(system, account.id, account.revision + 1, { categories: ['csm'] });
});
