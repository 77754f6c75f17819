import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccountSchema } from '#accounts/open-account.ts';
import readXlsxFile from 'read-excel-file/node';
import { samplePerson, sampleNationalId } from '../../support/hub/sample-people.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';

let world: RegistryWorld;
const command = { kind: 'system', purpose: 'command' } as const;
const root = '2.16.886.101.90027.20002';
const odd = '*)(uid=*\\ <b>"&\',';

async function open(n: number, name: string, place: string, more: object = {}): Promise<void> {
  const input = newAccountSchema.parse({
    ...samplePerson({ n, name }),
    unit: { oid: place, name: `單位${place}` },
    ...more,
  });
  await world.hub.services.openAccount(
    command,
    input,
    { form: 'T-1', reason: 'test' },
    { actor: 'system:command' },
  );
}

beforeAll(async () => {
  world = await startRegistryWorld();
  const { organizations } = world.hub.services.directory;
  for (const [oid, name] of [
    [root, '測試縣政府'],
    [`${root}.20011`, '工商課'],
    [`${root}.20012`, '稅務課'],
    [`${root}1`, '別縣政府'],
  ] as const)
    await organizations.putOrganization(command, { oid: oid as never, name, code: '387000000A' });
  await open(710, '林甲', `${root}.20011`);
  await open(711, '林乙', `${root}.20012`);
  await open(712, odd, `${root}.20012`);
  await open(713, '=cmd()', `${root}.20012`);
  // Looks like the subtree, and is not.
  await open(714, '林外人', `${root}1`);
});
afterAll(() => world.close());

const namesIn = (html: string) =>
  [...html.matchAll(/class="accounts__name"[^>]*>([^<]*)</g)].map(([, name]) => name);

async function search(fields: Record<string, string>) {
  const at = world.at.manager;
  const { csrf } = await at.open('/registry/accounts');
  const none = { unit: '', status: '', role: '', category: '', dormant: '', name: '', nationalId: '' };
  return at.post('/registry/accounts/search', { csrf, ...none, ...fields });
}

test('nothing at all lists the subtree, and nothing that only looks like it', async () => {
  const { html } = await world.at.manager.open('/registry/accounts');
  expect(html).toContain('共 7 筆');
  expect(html).toContain('林甲');
  expect(html).not.toContain('林外人');
  const { html: all } = await world.at['programme-officer'].open('/registry/accounts');
  expect(all).toContain('林外人');
});

test('a name stands in no address, is a chip, and can be taken away', async () => {
  const { url, html } = await search({ name: '林' });
  expect(decodeURIComponent(url.href)).not.toContain('林');
  expect(namesIn(html)).toEqual(['林乙', '林甲'].toSorted());
  expect(html).toContain('共 2 筆');
  const without = /class="chip" href="([^"]+)"/.exec(html)?.[1] ?? '';
  expect((await world.at.manager.open(without.replaceAll('&amp;', '&'))).html).toContain('共 7 筆');
});

test('a national ID finds its holder, masked and in no address', async () => {
  const nationalId = sampleNationalId(711);
  const { url, html } = await search({ nationalId: nationalId.toLowerCase() });
  expect(namesIn(html)).toEqual(['林乙']);
  expect(html).not.toContain(nationalId);
  expect(url.href).not.toContain(nationalId);
  expect(namesIn((await search({ nationalId: sampleNationalId(714) })).html)).toEqual([]);
});

test('what one session has looked for is nothing to another', async () => {
  const { url } = await search({ name: '林' });
  const { html } = await world.at['programme-officer'].open(url);
  expect(html).toContain('請重新查詢');
  expect(namesIn(html)).toEqual([]);
});

test('a unit is found by name or OID, with what lies below', async () => {
  for (const unit of ['稅務', `${root}.20012`, `${root}.20012 稅務課`])
    expect((await search({ unit })).html).toContain('共 3 筆');
  expect((await search({ unit: '課' })).html).toContain('不只一個單位');
  expect((await search({ unit: '別縣政府' })).html).toContain('沒有這個單位');
});

test('characters of LDAP and HTML in a name are found again as they are, and shown as text', async () => {
  const { html } = await search({ name: odd });
  expect(html).toContain('共 1 筆');
  expect(html).not.toContain('<b>"');
  expect((await search({ name: '*' })).html).toContain('共 1 筆');
});

test('bad criteria are said beside their fields, and nothing is listed', async () => {
  const { status, html } = await search({ nationalId: 'A123', dormant: 'x' });
  expect(status).toBe(422);
  expect(html).toContain('檢查碼須相符');
  expect(html).toContain('請輸入月數');
  expect(html).not.toContain('accounts__name');
});

test('the list is sorted both ways and paged', async () => {
  const at = world.at.manager;
  const ascending = namesIn((await at.open('/registry/accounts?order=name')).html);
  const descending = namesIn((await at.open('/registry/accounts?order=name&descending=yes')).html);
  expect(descending).toEqual(ascending.toReversed());
  expect((await at.open('/registry/accounts?size=25&page=9')).html).toContain('第 1 頁，共 1 頁');
});

test('a list leaves as CSV and XLSX with formulas made inert, and the trail has the count', async () => {
  const at = world.at.manager;
  const { csrf } = await at.open('/registry/accounts');
  const none = { unit: '', status: '', role: '', category: '', dormant: '' };
  const take = async (format: string) => {
    const url = new URL('/registry/accounts/export', world.origin);
    const body = new URLSearchParams({ csrf, format, ...none });
    return at.browser.fetch(url, { method: 'POST', body, headers: { Origin: world.origin } });
  };
  const csv = await take('csv');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv.arrayBuffer());
  expect(csv.headers.get('Content-Disposition')).toContain('accounts.csv');
  expect(text.startsWith('\uFEFF姓名,')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(8);
  expect(text).toContain(`"'=cmd()"`);
  expect(text).not.toContain('林外人');
  expect(text).not.toContain(sampleNationalId(711));
  const [sheet] = await readXlsxFile(Buffer.from(await (await take('xlsx')).arrayBuffer()));
  expect(sheet?.data).toHaveLength(8);
  expect(JSON.stringify(sheet)).toContain("'=cmd()");
  const [last = ''] = await world.audited('account.export');
  expect(last).toContain('"count":"7"');
});

test('units are suggested within the subtree alone', async () => {
  const ask = async (who: 'manager' | 'programme-officer', q: string) =>
    (await (
      await world.at[who].browser.fetch(new URL(`/registry/units?q=${encodeURIComponent(q)}`, world.origin))
    ).json()) as {
      suggestions: { name: string }[];
    };
  expect((await ask('manager', '縣政府')).suggestions.map(({ name }) => name)).toEqual(['測試縣政府']);
  expect((await ask('programme-officer', '縣政府')).suggestions).toHaveLength(2);
  expect((await ask('manager', '')).suggestions).toEqual([]);
  expect((await world.at.general.open('/registry/units?q=x')).status).toBe(404);
});

test('a field too many is refused', async () => {
  expect((await search({ underOid: '1.2' })).status).toBe(400);
});
