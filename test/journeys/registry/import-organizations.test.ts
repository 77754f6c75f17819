import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRegistryWorld, statusesFor, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import type { SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  world = await startRegistryWorld();
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/organizations/import';

async function upload(content: Blob | string, csrf?: string) {
  const form = new FormData();
  form.append('csrf', csrf ?? (await officer.open(base)).csrf);
  form.append('file', new File([content], '清冊.csv', { type: 'text/csv' }));
  const response = await officer.browser.fetch(new URL(base, world.origin), {
    method: 'POST',
    body: form,
    headers: { Origin: world.origin },
  });
  return {
    status: response.status,
    html: await response.text(),
    location: response.headers.get('Location') ?? '',
  };
}

/** Looks at the job's page until it shows `words`. */
async function until(path: string, words: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { html } = await officer.open(path);
    if (html.includes(words)) return html;
    await world.clock.until(new Date(world.clock.now().getTime() + 50));
  }
  throw new Error(`${path} never shows ${words}`);
}

test('a list is compared, shown and brought in', async () => {
  const lines = [
    '\uFEFFOrgName,OID,TEL,Address,DN,OrgCode',
    '丁縣政府,2.16.886.101.80001,,,"o=丁縣政府,c=TW",399000000A',
    '"丁縣<script>alert(1)</script>處",2.16.886.101.80001.1,,,,',
    '錯誤,2.16.x,,,,',
  ];
  const { status, location } = await upload(lines.join('\r\n'));
  expect(status).toBe(303);
  const html = await until(location, '比對完成');
  for (const words of ['OID 格式不正確', '丁縣政府', '&lt;script&gt;']) expect(html).toContain(words);
  expect((await officer.open('/registry/organizations/2.16.886.101.80001')).status).toBe(404);
  const { csrf } = await officer.open(location);
  const fields = [
    ['csrf', csrf],
    ['deed', 'bring-in'],
  ] as const;
  expect(
    (
      await world.postForm(officer, location, [
        ['csrf', 'foreign'],
        ['deed', 'bring-in'],
      ])
    ).status,
  ).toBe(400);
  expect((await world.postForm(officer, location, fields)).status).toBe(303);
  await until(location, '已匯入');
  expect((await officer.open('/registry/organizations/2.16.886.101.80001')).html).toContain('399000000A');
  expect(await world.audited('organizations.import')).toHaveLength(2);
});

test('Big5 is read', async () => {
  // 甲機關 in Big5.
  const name = Buffer.from([0xa5, 0xd2, 0xbe, 0xf7, 0xc3, 0xf6]);
  const content = Buffer.concat([
    Buffer.from('OrgName,OID,OrgCode\n'),
    name,
    Buffer.from(',2.16.886.101.80002,\n'),
  ]);
  const { location } = await upload(new Blob([content]));
  expect(await until(location, '比對完成')).toContain('甲機關');
});

test.each([
  ['no file', '', '請選擇檔案'],
  ['another list', 'a,b\n1,2\n', '首行須含'],
  ['nothing but a head', 'OrgName,OID\n', '檔案沒有資料行'],
])('%s is refused in words', async (_, content, words) => {
  const answer = content === '' ? await uploadNothing() : await upload(content);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain(words);
});

async function uploadNothing() {
  const form = new FormData();
  form.append('csrf', (await officer.open(base)).csrf);
  form.append('file', new File([], ''));
  const init = { method: 'POST', body: form, headers: { Origin: world.origin } };
  const response = await officer.browser.fetch(new URL(base, world.origin), init);
  return { status: response.status, html: await response.text() };
}

test('a foreign token is refused, and a job is its owner’s alone', async () => {
  expect((await upload('OrgName,OID\nx,2.16.886.101.80003\n', 'foreign')).status).toBe(400);
  const { location } = await upload('OrgName,OID\nx,2.16.886.101.80003\n');
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, [base, location]))).toEqual(new Set([404]));
  }
  const jobs = world.hub.services.stores.records.importJobs;
  await jobs.createJob(
    { id: 'anothers', kind: 'organizations', owner: 'person:other', facts: {} },
    new Date(),
  );
  await jobs.createJob(
    {
      id: 'of-accounts',
      kind: 'accounts',
      owner: `person:${world.people['programme-officer'].account.id}`,
      facts: {},
    },
    new Date(),
  );
  for (const id of ['anothers', 'of-accounts', 'none'])
    expect((await officer.open(`${base}/${id}`)).status, id).toBe(404);
});
