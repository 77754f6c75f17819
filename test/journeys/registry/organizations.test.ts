import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRegistryWorld, statusesFor, type RegistryWorld } from '../../support/hub/registry-visits.ts';
import type { SigningIn } from '../../support/hub/signing-in.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  world = await startRegistryWorld();
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/organizations';
const county = '2.16.886.101.70001';

async function add(oid: string, name: string, more: readonly (readonly [string, string])[] = []) {
  const { csrf } = await officer.open(`${base}/new`);
  return world.postForm(officer, `${base}/new`, [
    ['csrf', csrf],
    ['oid', oid],
    ['name', name],
    ['agencyCode', ''],
    ...more,
  ]);
}
async function rename(oid: string, seenName: string, name: string, code = '') {
  const { csrf } = await officer.open(`${base}/${oid}`);
  return world.postForm(officer, `${base}/${oid}`, [
    ['csrf', csrf],
    ['seenName', seenName],
    ['seenCode', ''],
    ['name', name],
    ['agencyCode', code],
  ]);
}

test('organisations are added, found by name and OID, and shown as a tree of whole components', async () => {
  for (const [oid, name] of [
    [county, '甲縣政府'],
    [`${county}.1`, '甲縣建設處 *()\\'],
    [`${county}.1.7`, '甲縣建設處一科'],
    [`${county}1`, '乙縣政府'],
  ] as const)
    expect((await add(oid, name)).status).toBe(303);
  const tree = await officer.open(`${base}?under=${county}`);
  expect(tree.html).toContain('甲縣建設處 *()\\');
  for (const other of ['甲縣建設處一科', '乙縣政府']) expect(tree.html).not.toContain(other);
  const found = await officer.open(`${base}?q=${encodeURIComponent('建設處 *()')}`);
  expect(found.html).toContain(`${county}.1<`);
  expect(found.html).not.toContain('一科');
  expect((await officer.open(`${base}?q=${county}`)).html).toContain('乙縣政府');
  expect((await officer.open(base)).html).toContain('甲縣政府');
  expect((await world.audited('organization.add')).at(-1)).toContain(county);
});

test('one is renamed once by two who saw the same, and before and after are kept', async () => {
  expect((await rename(county, '甲縣政府', '甲市政府', '399000000A')).status).toBe(303);
  const late = await rename(county, '甲縣政府', '丙市政府');
  expect(late.status).toBe(409);
  for (const words of ['甲市政府', '丙市政府']) expect(late.html).toContain(words);
  expect((await officer.open(`${base}/${county}`)).html).toContain('甲市政府');
  const entries = await world.audited('organization.change');
  expect(entries.at(-1)).toContain('"before.name":"甲縣政府"');
});

describe('what is typed', () => {
  test.each<[string, string, string, string]>([
    ['no OID', 'x', '名', 'oid'],
    ['an OID with leading zeros', '2.16.886.01', '名', 'oid'],
    ['an OID that is there', county, '名', 'oid'],
    ['no name', `${county}.9`, ' ', 'name'],
    ['a name that turns the line', `${county}.9`, 'a\u202Eb', 'name'],
  ])('is refused beside its field: %s', async (_, oid, name, field) => {
    const answer = await add(oid, name);
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(new RegExp(`data-field="${field}"[^]*?aria-invalid="true"`));
  });

  test('is text and nothing else', async () => {
    await add(`${county}.66`, '<script>alert(1)</script>"{{x}}');
    for (const path of [`${base}?under=${county}`, `${base}/${county}.66`]) {
      expect((await officer.open(path)).html).not.toContain('<script>alert');
    }
    expect((await officer.open(`${base}?q=<script>alert(1)`)).html).not.toContain('<script>alert');
  });
});

test('a foreign token, a field too many and another’s OID change nothing', async () => {
  const fields = [
    ['oid', `${county}.8`],
    ['name', 'x'],
    ['agencyCode', ''],
  ] as const;
  expect((await world.postForm(officer, `${base}/new`, [['csrf', 'foreign'], ...fields])).status).toBe(400);
  expect((await add(`${county}.8`, 'x', [['scope', 'x']])).status).toBe(400);
  expect((await officer.open(`${base}/${county}.8`)).status).toBe(404);
});

test('for managers and general users none of it exists', async () => {
  const paths = [base, `${base}/new`, `${base}/${county}`];
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, paths))).toEqual(new Set([404]));
  }
});
