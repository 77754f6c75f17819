/** Two programme officers have the same form open: nothing that one of them has saved is lost by the other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackUri } from '../../support/hub/hub-world.ts';
import { formInPage, typedOver, type FormField } from '../../support/hub/form-in-page.ts';
import { startRegistryWorld, type Posted, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import type { SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;
/** Address of each form, with the two fields that are changed. */
const places: Record<string, string> = {};

beforeAll(async () => {
  world = await startRegistryWorld();
  officer = world.at['programme-officer'];
  const add = async (path: string, changes: Readonly<Record<string, string>>, more: FormField[] = []) => {
    const { html } = await officer.open(`/registry/${path}/new`);
    const answer = await send(`/registry/${path}/new`, [...typedOver(formInPage(html), changes), ...more]);
    expect([200, 303], `${path} ${answer.html}`).toContain(answer.status);
  };
  await add('organizations', { oid: '2.16.886.101.9', name: '原名', agencyCode: 'A1' });
  places['an organisation'] = '/registry/organizations/2.16.886.101.9';
  await add('catalogue/systems', { id: 'sys', name: '原名', owner: 'A1' });
  places['a system'] = '/registry/catalogue/systems/sys';
  const party = { client_id: 'party', name: '原名', nameEn: 'A1', redirect_uris: callbackUri };
  await add('relying-parties', party, [['systems', 'csm']]);
  places['a relying party'] = '/registry/relying-parties/party/change';
  const notice = { titleZh: '原名', titleEn: 'A1', bodyZh: '內容', bodyEn: 'Text' };
  await add('notices', notice, [['deed', 'save']]);
  const [announcement] = await world.hub.services.stores.records.announcements.listAnnouncements();
  places['an announcement'] = `/registry/notices/${announcement?.id}`;
  await add('downloads', { titleZh: '原名', titleEn: 'A1' });
  const [download] = await world.hub.services.stores.records.downloads.listDownloads();
  places['a download'] = `/registry/downloads/${download?.id}`;
});
afterAll(() => world.close());

const pdf = (text: string) => new File([`%PDF-${text}`], 'a.pdf', { type: 'application/pdf' });

async function send(path: string, fields: readonly FormField[], file?: File): Promise<Posted> {
  if (!path.includes('/downloads/')) {
    const deed: FormField[] = path.includes('/notices/') ? [['deed', 'save']] : [];
    const has = fields.some(([name]) => name === 'deed');
    return world.postForm(officer, path, has ? fields : [...fields, ...deed]);
  }
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const isNew = path.endsWith('/new');
  if (file ?? isNew) body.append('file', file ?? pdf('1'));
  const headers = { Origin: world.origin };
  const answer = await officer.browser.fetch(new URL(path, world.origin), { method: 'POST', body, headers });
  return { status: answer.status, html: await answer.text(), location: undefined };
}

const open = async (path: string) => formInPage((await officer.open(path)).html);
const valueOf = (fields: readonly FormField[], name: string) => fields.find(([field]) => field === name)?.[1];

describe.each([
  ['an organisation', 'name', 'agencyCode'],
  ['a system', 'name', 'owner'],
  ['a relying party', 'name', 'nameEn'],
  ['an announcement', 'titleZh', 'titleEn'],
  ['a download', 'titleZh', 'titleEn'],
])('%s', (kind, first, second) => {
  const path = () => places[kind] ?? '';

  test('keeps what both have changed, once the later one has seen it', async () => {
    const mine = typedOver(await open(path()), { [second]: 'MINE' });
    const theirs = typedOver(await open(path()), { [first]: '對方改的' });
    expect([200, 303]).toContain((await send(path(), theirs)).status);
    const late = await send(path(), mine);
    expect(late.status).toBe(409);
    for (const words of ['別人更改了這筆資料', '對方已改成這個值']) expect(late.html).toContain(words);
    // What was sent from the same old form is refused as often as it comes.
    expect((await send(path(), mine)).status).toBe(409);
    const merged = formInPage(late.html);
    expect([valueOf(merged, first), valueOf(merged, second)]).toEqual(['對方改的', 'MINE']);
    expect([200, 303]).toContain((await send(path(), merged)).status);
    const now = await open(path());
    expect([valueOf(now, first), valueOf(now, second)]).toEqual(['對方改的', 'MINE']);
  });

  test('shows theirs beside mine where both have changed the same, and keeps what is then sent', async () => {
    const before = await open(path());
    const mine = typedOver(before, { [first]: '我改的' });
    expect([200, 303]).toContain((await send(path(), typedOver(before, { [first]: '又是對方' }))).status);
    const late = await send(path(), mine);
    expect(late.status).toBe(409);
    expect(late.html).toContain('目前資料（對方）：又是對方');
    expect(valueOf(await open(path()), first)).toBe('又是對方');
    expect(valueOf(formInPage(late.html), first)).toBe('我改的');
    expect([200, 303]).toContain((await send(path(), formInPage(late.html))).status);
    expect(valueOf(await open(path()), first)).toBe('我改的');
  });

  test('is still judged by what was seen when it comes back with a fault', async () => {
    const before = await open(path());
    const faulty = await send(path(), typedOver(before, { [first]: ' ' }));
    expect(faulty.status).toBe(422);
    expect([200, 303]).toContain((await send(path(), typedOver(before, { [first]: '第三次' }))).status);
    const mended = await send(path(), typedOver(formInPage(faulty.html), { [first]: '改好的' }));
    expect(mended.status).toBe(409);
    expect(mended.html).toContain('目前資料（對方）：第三次');
  });
});

test('a choice and a box that the other one has changed are told in words', async () => {
  const path = places['a relying party'] ?? '';
  const before = await open(path);
  const without = (name: string) => before.filter(([field]) => field !== name);
  const theirs: FormField[] = [
    ...without('scopes'),
    ['scopes', 'openid'],
    ['scopes', 'email'],
    ['pairwise', 'yes'],
  ];
  expect((await send(path, theirs)).status).toBe(200);
  const late = await send(path, [...without('scopes'), ['scopes', 'openid'], ['scopes', 'phone']]);
  expect(late.status).toBe(409);
  expect(late.html).toMatch(/data-field="scopes"[^]*?上面是您選的：[^]*?<strong>/);
  expect(late.html).toMatch(/data-field="pairwise"[^]*?對方已改成這個值/);
  expect(valueOf(formInPage(late.html), 'pairwise')).toBe('yes');
});

test('a file that the other one has replaced is said, and not put back', async () => {
  const path = places['a download'] ?? '';
  const before = await open(path);
  expect((await send(path, before, pdf('theirs'))).status).toBe(303);
  const late = await send(path, typedOver(before, { titleEn: 'LATE' }), pdf('mine'));
  expect(late.status).toBe(409);
  expect(late.html).toContain('對方已換過檔案');
  expect((await send(path, formInPage(late.html))).status).toBe(303);
  const [kept] = await world.hub.services.stores.records.downloads.listDownloads();
  expect(kept).toMatchObject({ en: 'LATE', content: { size: '%PDF-theirs'.length } });
});
