import { beforeAll, expect, it } from 'vitest';
import { newAccountId, oid, person, system, type DirectoryWorld } from './directory-world.ts';

const root = oid('2.16.886.101.61001');
const manager = person({ office: 'manager', scopeOid: root });
const organizations = {
  [root]: '清單縣政府',
  [`${root}.9`]: '清單縣政府商業處',
  [`${root}.10`]: '清單縣政府 (工務) 處*',
  [`${root}.10.1`]: '清單縣政府建築科',
  '2.16.886.101.610010': '清單縣政府以外',
};

/** Organisations by name and OID, for type-ahead, and one level of the tree. */
export function describeOrganizationLists(world: () => DirectoryWorld): void {
  const port = () => world().directory.organizations;
  const oids = (found: readonly { oid: string }[]) => found.map((each) => each.oid);

  beforeAll(async () => {
    for (const [place, name] of Object.entries(organizations)) {
      await port().putOrganization(system, { oid: oid(place), name });
    }
  });

  it('are found by a part of the name or the beginning of the OID, in order of OID, in the subtree', async () => {
    const inside = [root, `${root}.9`, `${root}.10`, `${root}.10.1`];
    expect(oids(await port().searchOrganizations(manager, '清單縣政府', 20))).toEqual(inside);
    expect(oids(await port().searchOrganizations(manager, ' 政府商 ', 20))).toEqual([`${root}.9`]);
    expect(oids(await port().searchOrganizations(manager, '(工務) 處*', 20))).toEqual([`${root}.10`]);
    expect(oids(await port().searchOrganizations(manager, '*', 20))).toEqual([`${root}.10`]);
    expect(oids(await port().searchOrganizations(manager, `${root}.1`, 20))).toEqual(inside.slice(2));
    expect(oids(await port().searchOrganizations(manager, '2.16', 20))).toEqual(inside);
    expect(oids(await port().searchOrganizations(manager, '清單', 2))).toEqual(inside.slice(0, 2));
    expect(await port().searchOrganizations(manager, '以外', 20)).toEqual([]);
    expect(oids(await port().searchOrganizations(system, '清單縣政府以外', 20))).toHaveLength(1);
    expect(await port().searchOrganizations(manager, '  ', 20)).toEqual([]);
  });

  it('are listed one level below another', async () => {
    expect(oids(await port().listOrganizations(manager, root))).toEqual([`${root}.9`, `${root}.10`]);
    expect(oids(await port().listOrganizations(manager, oid(`${root}.10`)))).toEqual([`${root}.10.1`]);
    expect(await port().listOrganizations(manager, oid('2.16.886.101'))).toEqual([
      { oid: root, name: '清單縣政府' },
    ]);
  });

  it('are nothing to a general user', async () => {
    const self = person({ id: newAccountId(), scopeOid: root });
    expect(await port().searchOrganizations(self, '清單', 20)).toEqual([]);
    expect(await port().listOrganizations(self, root)).toEqual([]);
  });
}
