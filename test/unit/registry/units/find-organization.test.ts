import { expect, test } from 'vitest';
import { parseOid } from '#domain/oid.ts';
import { createFindOrganization, organizationText, outsideUnit } from '#registry/units/find-organization.ts';
import { sampleManager } from '#test/support/gallery/managed-account-states.ts';

const oid = (text: string) => parseOid(text) ?? expect.unreachable('an OID');
const all = [
  { oid: oid('1.2.3'), name: '工商課' },
  { oid: oid('1.2.4'), name: '工商課二股' },
  { oid: oid('1.2.5'), name: '稅務課' },
];
const find = createFindOrganization({
  findOrganization: async (_, wanted) => all.find((one) => one.oid === wanted),
  searchOrganizations: async (_, text) => all.filter(({ name }) => name.includes(text)),
});

test.each([
  ['', 'none'],
  ['  ', 'none'],
  ['1.2.3', 'found'],
  [organizationText({ oid: oid('1.2.3'), name: '改過的名稱' }), 'found'],
  ['1.2.9', 'unknown-oid'],
  ['稅務', 'found'],
  ['工商課', 'found'],
  ['工商', 'several'],
  ['1.02', 'unknown'],
])('%j is %s', async (typed, kind) => {
  expect((await find(sampleManager, typed)).kind).toBe(kind);
});

test('a whole name is taken before names that hold it', async () => {
  expect(await find(sampleManager, '工商課')).toMatchObject({ organization: { oid: '1.2.3' } });
});

test('a unit is outside where the actor may place nobody, whether there is one or not', async () => {
  const outside = async (typed: string) => outsideUnit(sampleManager, await find(sampleManager, typed));
  expect(await outside('1.2.9')).toEqual({ oid: '1.2.9', name: '1.2.9' });
  expect(await outside(`${sampleManager.scopeOid}.77`)).toBeUndefined();
  expect(await outside('1.2.3')).toBeUndefined();
  expect(await outside('稅務')).toBeUndefined();
});
