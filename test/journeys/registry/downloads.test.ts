import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRegistryWorld, statusesFor, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  world = await startRegistryWorld((folder: string) => {
    const fixed = path.join(folder, '固定.pdf');
    writeFileSync(fixed, '%PDF-fixed');
    return { downloads: [{ id: 'fixed', zh: '設定檔手冊', en: 'Fixed', file: fixed }] };
  });
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/downloads';
const pdf = Buffer.from('%PDF-1.7 of a manual');
type Typed = Readonly<Record<string, string>>;

const register = () => world.hub.services.stores.records.downloads;
const titles = async () => (await register().listDownloads()).map(({ zh }) => zh);
const kept = async (title: string) => {
  const found = (await register().listDownloads()).find(({ zh }) => zh === title);
  if (!found) throw new Error(`no download ${title}`);
  return found;
};
const hrefOf = async (title: string) => `${base}/${(await kept(title)).id}`;
const loginPage = async () => (await signingIn(world).open('/')).html;
const home = async () => (await world.at.general.open('/')).html;

async function upload(at: string, fields: Typed, file?: File) {
  const page = await officer.open(at);
  const revision = /name="revision" value="(\d+)"/.exec(page.html)?.[1] ?? '0';
  const all = { csrf: page.csrf, revision, titleZh: '手冊', titleEn: 'Manual', place: 'both', ...fields };
  const form = new FormData();
  for (const [name, value] of Object.entries(all)) form.append(name, value);
  form.append('file', file ?? new File([], ''));
  const init = { method: 'POST', body: form, headers: { Origin: world.origin } };
  const response = await officer.browser.fetch(new URL(at, world.origin), init);
  return { status: response.status, html: await response.text() };
}

const fileOf = (content: Buffer | string, name = '手冊.pdf') =>
  new File([new Uint8Array(Buffer.from(content))], name);
const add = (zh: string, more: Typed = {}, content: Buffer | string = pdf) =>
  upload(`${base}/new`, { titleZh: zh, ...more }, fileOf(content));

async function move(id: string, direction: string, version?: number) {
  const page = await officer.open(base);
  return world.postForm(officer, `${base}/${id}/move`, [
    ['csrf', page.csrf],
    ['version', String(version ?? (await register().readVersion()))],
    ['direction', direction],
  ]);
}

test('a file is offered on its pages at once, and taken as it is', async () => {
  expect((await add('操作手冊')).status).toBe(303);
  expect((await add('登入說明', { place: 'login' })).status).toBe(303);
  for (const [html, others] of [
    [await loginPage(), true],
    [await home(), false],
  ] as const) {
    for (const words of ['設定檔手冊', '操作手冊']) expect(html).toContain(words);
    expect(html.includes('登入說明')).toBe(others);
  }
  const href = /href="(\/downloads\/[^"]+)" download>操作手冊/.exec(await home())?.[1] ?? '';
  const answer = await signingIn(world).browser.fetch(href);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(pdf.length),
    'content-disposition': `attachment; filename="??.pdf"; filename*=UTF-8''%E6%89%8B%E5%86%8A.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringMatching(/^private, max-age=\d+, immutable$/),
  });
  const again = await signingIn(world).browser.fetch(href, {
    // Without the second one fetch asks for no stored answer.
    headers: { 'If-None-Match': answer.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' },
  });
  expect(again.status).toBe(304);
  const head = await signingIn(world).browser.fetch(href, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(pdf.length)]);
  const [, intent] = await world.audited('download.add');
  expect(intent).toContain('登入說明');
});

test('the titles are changed with or without another file, of which the old address leads to the new', async () => {
  await add('要改的');
  const before = await kept('要改的');
  const href = await hrefOf('要改的');
  expect((await upload(href, { titleZh: '改過的', titleEn: 'Changed' })).status).toBe(303);
  const renamed = await kept('改過的');
  expect(renamed).toMatchObject({ id: before.id, content: before.content, revision: 2 });
  const other = await upload(href, { titleZh: '換過的' }, fileOf('%PDF-2', '新版.pdf'));
  expect(other.status).toBe(303);
  const replaced = await kept('換過的');
  expect(replaced.content).toMatchObject({ name: '新版.pdf', size: 6 });
  const { browser } = signingIn(world);
  const addressOf = ({ id, content }: typeof before) => `/downloads/${id}/${content.hash.slice(0, 16)}`;
  for (const address of [addressOf(before), `/downloads/${before.id}`]) {
    const answer = await browser.fetch(address);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, addressOf(replaced)]);
  }
  expect(await (await browser.fetch(addressOf(replaced))).text()).toBe('%PDF-2');
  const [, intent] = await world.audited('download.change');
  expect(intent).toContain(before.content.hash);
  expect(intent).toContain(replaced.content.hash);
});

test('the order is changed step by step, by whoever saw the latest', async () => {
  await add('甲');
  await add('乙');
  const list = await titles();
  const { id } = await kept('乙');
  const seen = await register().readVersion();
  expect((await move(id, 'up')).status).toBe(303);
  expect(await titles()).toEqual([...list.slice(0, -2), '乙', '甲']);
  const late = await move(id, 'up', seen);
  expect(late.status).toBe(409);
  expect(late.html).toContain('已有人改過清單');
  expect((await move(id, 'down')).status).toBe(303);
  expect(await titles()).toEqual(list);
  expect((await move(id, 'down')).status).toBe(409);
  const html = await home();
  expect(html.indexOf('>甲</a>')).toBeLessThan(html.indexOf('>乙</a>'));
  const [, intent] = await world.audited('download.move');
  expect(intent).toContain('position');
});

test('of two who change or remove the same, the later is told so and nothing of theirs is lost', async () => {
  await add('兩人改的');
  const href = await hrefOf('兩人改的');
  await upload(href, { titleZh: '先改的' });
  const late = await upload(href, { titleZh: '遲來的', revision: '1' }, fileOf('%PDF-late'));
  expect(late.status).toBe(409);
  for (const words of ['遲來的', '別人更改了這筆資料']) expect(late.html).toContain(words);
  const { csrf } = await officer.open(`${href}/remove`);
  const stale = [
    ['csrf', csrf],
    ['revision', '1'],
  ] as const;
  expect((await world.postForm(officer, `${href}/remove`, stale)).status).toBe(409);
  expect(await titles()).toContain('先改的');
});

test('what is removed is gone from its pages and its address, and its bytes from the disk after a while', async () => {
  await add('要刪的', {}, '%PDF-to be removed');
  const { id, content } = await kept('要刪的');
  const question = await officer.open(`${base}/${id}/remove`);
  for (const words of ['刪除這個檔案？', '<dd>要刪的</dd>']) expect(question.html).toContain(words);
  const fields = [
    ['csrf', question.csrf],
    ['revision', '1'],
  ] as const;
  expect((await world.postForm(officer, `${base}/${id}/remove`, fields)).status).toBe(303);
  expect(await home()).not.toContain('要刪的');
  expect((await signingIn(world).browser.fetch(`/downloads/${id}/${content.hash.slice(0, 16)}`)).status).toBe(
    404,
  );
  expect((await officer.open(`${base}/${id}`)).status).toBe(404);
  const [, intent] = await world.audited('download.remove');
  expect(intent).toContain(content.hash);

  const folder = path.join(world.hub.services.config.dataFolder, 'downloads');
  const { downloadDeeds } = world.hub.services;
  await downloadDeeds.clear();
  expect(readdirSync(folder)).toContain(content.hash);
  const old = new Date(world.clock.now().getTime() - 3_600_000);
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), old, old);
  await downloadDeeds.clear();
  const left = (await register().listDownloads()).map((each) => each.content.hash);
  expect(readdirSync(folder).toSorted()).toEqual([...new Set(left)].toSorted());
});

describe('what arrives', () => {
  const bomb = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(1000)]);
  test.each<[string, Typed, File | undefined, string, string]>([
    ['no file', {}, undefined, 'file', '請選擇檔案'],
    ['no title', { titleEn: ' ' }, fileOf(pdf), 'titleEn', '請填一行文字'],
    ['a title turned around', { titleZh: 'a\u202Eb' }, fileOf(pdf), 'titleZh', '請填一行文字'],
    ['HTML called PDF', {}, fileOf('<html><script>alert(1)</script>'), 'file', '副檔名不符'],
    ['HTML', {}, fileOf('<html>', 'a.html'), 'file', '不能提供下載'],
    ['SVG', {}, fileOf('<svg>', 'a.svg'), 'file', '不能提供下載'],
    ['half an archive', {}, fileOf(bomb, 'a.docx'), 'file', '副檔名不符'],
    ['no ending', {}, fileOf(pdf, 'manual'), 'file', '檔名含有'],
    ['a name turned around', {}, fileOf(pdf, 'a\u202Efdp.pdf'), 'file', '檔名含有'],
  ])('is refused beside its field: %s', async (_, fields, file, field, words) => {
    const before = await titles();
    const answer = await upload(`${base}/new`, { titleZh: '不對的', ...fields }, file);
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(new RegExp(`data-field="${field}"[^]*?aria-invalid="true"`));
    expect(answer.html).toContain(words);
    expect(await titles()).toEqual(before);
  });

  test('loses the folders of its name', async () => {
    expect(
      (await upload(`${base}/new`, { titleZh: '有路徑的' }, fileOf(pdf, '..\\..\\etc\\x.pdf'))).status,
    ).toBe(303);
    expect((await kept('有路徑的')).content.name).toBe('x.pdf');
  });

  test('may have twenty megabytes and not a byte more', async () => {
    const content = Buffer.alloc(20 * 1024 ** 2, ' ');
    content.write('%PDF-');
    expect((await add('最大的', {}, content)).status).toBe(303);
    const more = await add('太大的', {}, Buffer.concat([content, Buffer.from(' ')]));
    expect(more.status).toBe(413);
    expect(more.html).toContain('超過 20 MB');
    expect(await titles()).not.toContain('太大的');
    const { id, content: facts } = await kept('最大的');
    const answer = await signingIn(world).browser.fetch(`/downloads/${id}/${facts.hash.slice(0, 16)}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  });
});

test('a foreign token and a field too many change nothing, and no file is kept', async () => {
  const before = await titles();
  const folder = path.join(world.hub.services.config.dataFolder, 'downloads');
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder);
  const file = fileOf('%PDF-never kept');
  expect((await upload(`${base}/new`, { csrf: 'foreign' }, file)).status).toBe(400);
  expect((await upload(`${base}/new`, { id: 'x' }, file)).status).toBe(400);
  expect((await upload(`${base}/new`, { place: 'everywhere' }, file)).status).toBe(400);
  const href = await hrefOf('操作手冊');
  expect((await world.postForm(officer, `${href}/move`, [['csrf', 'x']])).status).toBe(400);
  expect(await titles()).toEqual(before);
  expect(readdirSync(folder)).toEqual(files);
});

test('those of the configuration are shown for reading alone', async () => {
  const list = await officer.open(base);
  expect(list.html).toContain('設定檔手冊');
  expect(list.html).toContain('固定.pdf');
  expect((await officer.open(`${base}/fixed`)).status).toBe(404);
});

test('for managers and general users none of it exists', async () => {
  const href = await hrefOf('操作手冊');
  const paths = [base, `${base}/new`, href, `${href}/move`, `${href}/remove`];
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, paths))).toEqual(new Set([404]));
  }
});
