import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typedTime } from '#administration/announcement-deeds.ts';
import { startRegistryWorld, statusesFor, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import { signingIn, type SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  const text = (words: string) => ({ title: words, body: words });
  world = await startRegistryWorld({
    notices: [
      { id: 'fixed', from: '2020-01-01', until: '2099-12-31', zh: text('設定檔公告'), en: text('Fixed') },
    ],
  });
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/notices';
type Typed = Readonly<Record<string, string>>;

const inHours = (hours: number) => typedTime(new Date(world.clock.now().getTime() + hours * 3_600_000));
const typed = (changes: Typed = {}): Typed => ({
  deed: 'save',
  level: 'info',
  from: inHours(-1),
  until: inHours(24),
  titleZh: '停機公告',
  bodyZh: '第一段\r\n\r\n- 一\r\n- 二',
  titleEn: 'Maintenance',
  bodyEn: 'One paragraph',
  ...changes,
});

async function send(path: string, fields: Typed) {
  const page = await officer.open(path);
  const revision = /name="revision" value="(\d+)"/.exec(page.html)?.[1] ?? '0';
  return world.postForm(officer, path, Object.entries({ csrf: page.csrf, revision, ...fields }));
}
const listed = async () =>
  (await world.hub.services.stores.records.announcements.listAnnouncements()).map(({ id }) => id);
const hrefOf = async (title: string) => {
  const kept = await world.hub.services.stores.records.announcements.listAnnouncements();
  return `${base}/${kept.find(({ zh }) => zh.title === title)?.id}`;
};
const loginPage = async () => (await signingIn(world).open('/')).html;
const home = async () => (await world.at.general.open('/')).html;

test('an announcement is looked at first, then stands on the login page and on my home at once', async () => {
  const preview = await send(`${base}/new`, typed({ deed: 'preview', level: 'warning' }));
  expect(preview.status).toBe(200);
  for (const words of ['announcement--warning', '<li>二</li>', 'One paragraph'])
    expect(preview.html).toContain(words);
  expect(await listed()).toEqual([]);
  expect((await send(`${base}/new`, typed())).status).toBe(303);
  for (const html of [await loginPage(), await home()]) {
    expect(html).toContain('停機公告');
    expect(html).toContain('設定檔公告');
  }
  const [, intent] = await world.audited('notice.add');
  expect(intent).toContain('停機公告');
});

test('it is there from its time to its end', async () => {
  await send(`${base}/new`, typed({ titleZh: '以後的公告', from: inHours(2), until: inHours(4) }));
  await send(`${base}/new`, typed({ titleZh: '過去的公告', from: inHours(-4), until: inHours(-2) }));
  const html = await home();
  expect(html).not.toMatch(/以後的公告|過去的公告/);
  const list = await officer.open(base);
  for (const words of ['尚未開始', '顯示中', '已結束', '設定檔']) expect(list.html).toContain(words);
});

test('a change and a removal count at once, for whoever saw the latest', async () => {
  await send(`${base}/new`, typed({ titleZh: '要改的公告' }));
  const href = await hrefOf('要改的公告');
  const { csrf } = await officer.open(href);
  expect((await send(href, typed({ titleZh: '改過的公告' }))).status).toBe(303);
  expect(await home()).toContain('改過的公告');
  const stale = { csrf, revision: '1' };
  const late = await world.postForm(
    officer,
    href,
    Object.entries({ ...stale, ...typed({ titleZh: '遲來的' }) }),
  );
  expect(late.status).toBe(409);
  expect(late.html).toContain('遲來的');
  expect((await world.postForm(officer, `${href}/remove`, Object.entries(stale))).status).toBe(409);
  const question = await officer.open(`${href}/remove`);
  for (const words of ['刪除這則公告？', '<dd>改過的公告</dd>']) expect(question.html).toContain(words);
  expect((await send(`${href}/remove`, {})).status).toBe(303);
  expect(await home()).not.toContain('改過的公告');
  expect((await officer.open(href)).status).toBe(404);
});

describe('what is typed', () => {
  test.each<[string, Typed, string]>([
    ['no title', { titleZh: ' ' }, 'titleZh'],
    ['a title of two lines', { titleEn: 'a\nb' }, 'titleEn'],
    ['no text', { bodyEn: '' }, 'bodyEn'],
    ['a text too long', { bodyZh: '字'.repeat(2001) }, 'bodyZh'],
    ['a time that is none', { from: '2026-02-30T09:00' }, 'from'],
    ['an end before the beginning', { from: '2030-01-02T09:00', until: '2030-01-02T09:00' }, 'until'],
  ])('is refused beside its field: %s', async (_, changes, field) => {
    const before = await listed();
    for (const deed of ['save', 'preview']) {
      const answer = await send(`${base}/new`, typed({ ...changes, deed }));
      expect(answer.status).toBe(422);
      expect(answer.html).toMatch(new RegExp(`data-field="${field}"[^]*?aria-invalid="true"`));
    }
    expect(await listed()).toEqual(before);
  });

  test('is text and nothing else, for everybody who reads it', async () => {
    const evil = '<script>alert(1)</script>{{x}}';
    await send(`${base}/new`, typed({ titleZh: evil, bodyZh: evil }));
    for (const html of [await loginPage(), await home(), (await officer.open(base)).html]) {
      expect(html).not.toContain('<script>alert');
      expect(html).toContain('&lt;script&gt;alert(1)');
    }
  });
});

test('a foreign token and a field too many change nothing', async () => {
  const before = await listed();
  const fields = Object.entries({ csrf: 'foreign', revision: '0', ...typed() });
  expect((await world.postForm(officer, `${base}/new`, fields)).status).toBe(400);
  expect((await send(`${base}/new`, typed({ id: 'x' }))).status).toBe(400);
  expect(await listed()).toEqual(before);
});

test('for managers and general users none of it exists', async () => {
  const paths = [base, `${base}/new`, await hrefOf('停機公告'), `${await hrefOf('停機公告')}/remove`];
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, paths))).toEqual(new Set([404]));
  }
});
