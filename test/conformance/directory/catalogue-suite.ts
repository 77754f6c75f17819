import { describe, expect, it } from 'vitest';
import type { Catalogue, System } from '#domain/catalogue.ts';
import { findEntry, type CatalogueEntry, type CatalogueName } from '#domain/catalogue-register.ts';
import { newAccountId, oid, person, system, type DirectoryWorld } from './directory-world.ts';

const catalogue: Catalogue = {
  categories: [
    {
      id: 'csm',
      name: '公司登記與管理',
      roles: [
        {
          code: 'csm_user',
          category: 'csm',
          name: '使用者',
          requires: 'certificate',
          withoutCertificate: false,
        },
        {
          code: 'csm_user_nocert',
          category: 'csm',
          name: '使用者 (未帶憑證)',
          requires: 'second-factor',
          withoutCertificate: true,
        },
      ],
    },
    { id: 'bms', name: '商業登記資訊', roles: [] },
  ],
  systems: [
    {
      id: 'pre',
      name: '預查',
      nameEn: 'Name search',
      description: '名稱及所營事業預查',
      descriptionEn: 'Names, and lines of business',
      owner: '商業發展署',
      url: 'https://pre.example/login?a=b c',
      admitsCategories: ['csm'],
      admitsRoles: ['psm_bob_6k'],
      leastRequirement: 'certificate',
    },
    { id: 'bms', name: 'BMS', admitsCategories: [], admitsRoles: [], leastRequirement: 'second-factor' },
  ],
};

export function describeCatalogue(world: () => DirectoryWorld): void {
  it('is empty before it is loaded, whole after, in order; loading again adds nothing', async () => {
    const directory = world().directory.catalogue;
    expect(await directory.readCatalogue()).toStrictEqual({ categories: [], systems: [] });
    expect(await directory.loadCatalogue(system, catalogue)).toBe(6);
    expect(await directory.readCatalogue()).toStrictEqual(catalogue);
    expect(await directory.loadCatalogue(system, catalogue)).toBe(0);
  });

  it('adds what is missing and leaves what exists as it is', async () => {
    const directory = world().directory.catalogue;
    const role = { code: 'bms_user', category: 'bms', name: '使用者', requires: 'certificate' as const };
    const wider: Catalogue = {
      categories: [
        { id: 'csm', name: 'another name', roles: [] },
        { id: 'bms', name: 'another name', roles: [{ ...role, withoutCertificate: false }] },
      ],
      systems: [],
    };
    expect(await directory.loadCatalogue(system, wider)).toBe(1);
    const read = await directory.readCatalogue();
    expect(read.categories[0]).toStrictEqual(catalogue.categories[0]);
    expect(read.categories[1]).toStrictEqual({
      id: 'bms',
      name: '商業登記資訊',
      roles: wider.categories[1]?.roles,
    });
  });

  it('may be loaded by two processes at once', async () => {
    const [one, two] = [world().connect(), world().connect()];
    const categories = Array.from({ length: 10 }, (_, place) => ({ id: `c${place}`, name: 'c', roles: [] }));
    const added = await Promise.all(
      [one, two].map((each) => each.catalogue.loadCatalogue(system, { categories, systems: [] })),
    );
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(10);
    await Promise.all([one.close(), two.close()]);
  });

  it('is loaded by those who see everything alone', async () => {
    const directory = world().directory.catalogue;
    const manager = person({ office: 'manager' });
    await expect(directory.loadCatalogue(manager, catalogue)).rejects.toMatchObject({
      code: 'not-permitted',
    });
  });

  it('is read once for many readers, and anew when it is older than the limit', async () => {
    const { log, clock } = world();
    const own = world().connect({ catalogueMaxAgeSeconds: 60 });
    const searches = () => log.lines.filter(({ fields }) => fields['operation'] === 'search').length;
    const before = searches();
    await Promise.all(Array.from({ length: 20 }, () => own.catalogue.readCatalogue()));
    await clock.advance(59_000);
    await own.catalogue.readCatalogue();
    expect(searches() - before).toBe(2);
    await clock.advance(1_000);
    await own.catalogue.readCatalogue();
    expect(searches() - before).toBe(4);
    await own.close();
  });
}

export function describeCatalogueRegister(world: () => DirectoryWorld): void {
  const register = () => world().directory.catalogueRegister;
  const remembered = () => world().directory.catalogue.readCatalogue();
  const category: CatalogueEntry = { kind: 'category', category: { id: 'tax', name: '稅務 (甲), "乙"' } };
  const role = {
    code: 'tax_user',
    category: 'tax',
    name: '稅務使用者',
    requires: 'certificate',
    withoutCertificate: false,
  } as const;
  const plain: System = {
    id: 'tax',
    name: '稅務系統',
    admitsCategories: ['tax'],
    admitsRoles: [],
    leastRequirement: 'second-factor',
  };
  const now = async ({ kind, id }: CatalogueName) =>
    findEntry(await register().readCatalogueNow(), { kind, id });

  it('adds entries, after those that are there, seen at once by this process', async () => {
    await remembered();
    await register().addEntry(system, category);
    await register().addEntry(system, { kind: 'role', role });
    await register().addEntry(system, { kind: 'system', system: plain });
    const { categories, systems } = await remembered();
    expect(categories.at(-1)).toStrictEqual({ id: 'tax', name: '稅務 (甲), "乙"', roles: [role] });
    expect(systems.at(-1)).toStrictEqual(plain);
  });

  it('adds an id once, and no role where there is no category', async () => {
    const system20: CatalogueEntry = { kind: 'system', system: { ...plain, id: 'once' } };
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => register().addEntry(system, system20)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(register().addEntry(system, system20)).rejects.toMatchObject({ code: 'not-unique' });
    const lost: CatalogueEntry = { kind: 'role', role: { ...role, category: 'none' } };
    await expect(register().addEntry(system, lost)).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  it('changes every field there and back', async () => {
    const full: System = {
      ...plain,
      name: '稅務系統 (新)',
      nameEn: 'Tax',
      description: '說明',
      descriptionEn: 'What it is for',
      owner: '財政部',
      url: 'https://tax.example/?a=b',
      admitsCategories: [],
      admitsRoles: ['tax_user'],
      leastRequirement: 'certificate',
    };
    const [before, after]: CatalogueEntry[] = [plain, full].map((each) => ({ kind: 'system', system: each }));
    if (!before || !after) throw new Error('no entries');
    await register().changeEntry(system, before, after);
    expect(await now({ kind: 'system', id: 'tax' })).toStrictEqual(after);
    await register().changeEntry(system, after, before);
    expect(await now({ kind: 'system', id: 'tax' })).toStrictEqual(before);
    const open: CatalogueEntry = {
      kind: 'role',
      role: { ...role, requires: 'second-factor', withoutCertificate: true, givenByCategories: ['csm'] },
    };
    await register().changeEntry(system, { kind: 'role', role }, open);
    expect(await now({ kind: 'role', id: 'tax_user' })).toStrictEqual(open);
    await register().changeEntry(system, open, { kind: 'role', role });
    expect(await now({ kind: 'role', id: 'tax_user' })).toStrictEqual({ kind: 'role', role });
  });

  it('changes nothing of what is no longer as it was seen; of twenty at once one wins', async () => {
    const seen: CatalogueEntry = { kind: 'system', system: plain };
    const renamed = (name: string): CatalogueEntry => ({ kind: 'system', system: { ...plain, name } });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => register().changeEntry(system, seen, renamed(`稅務 ${n}`))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const given: CatalogueEntry = { kind: 'system', system: { ...plain, url: 'https://tax.example/' } };
    await expect(register().changeEntry(system, seen, given)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    const current = await now({ kind: 'system', id: 'tax' });
    if (!current) throw new Error('the system is gone');
    await register().changeEntry(system, current, seen);
  });

  it('removes what has nothing beneath it, once', async () => {
    await expect(register().removeEntry(system, category)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    await register().removeEntry(system, { kind: 'role', role });
    await register().removeEntry(system, category);
    await expect(register().removeEntry(system, category)).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await now({ kind: 'category', id: 'tax' })).toBeUndefined();
    expect((await remembered()).categories.map(({ id }) => id)).not.toContain('tax');
  });

  it('is changed by those who see everything alone', async () => {
    for (const actor of [person({ office: 'manager' }), person({})]) {
      const entry: CatalogueEntry = { kind: 'system', system: { ...plain, id: 'theirs' } };
      await expect(register().addEntry(actor, entry)).rejects.toMatchObject({ code: 'not-permitted' });
      const seen: CatalogueEntry = { kind: 'system', system: plain };
      await expect(register().changeEntry(actor, seen, entry)).rejects.toMatchObject({
        code: 'not-permitted',
      });
      await expect(register().removeEntry(actor, seen)).rejects.toMatchObject({ code: 'not-permitted' });
    }
    expect(await now({ kind: 'system', id: 'tax' })).toStrictEqual({ kind: 'system', system: plain });
  });
}

export function describeOrganizations(world: () => DirectoryWorld): void {
  const organizations = () => world().directory.organizations;
  const root = oid('2.16.886.101.60001');
  const below = oid('2.16.886.101.60001.1');
  const lookalike = oid('2.16.886.101.600011');
  const manager = person({ office: 'manager', scopeOid: root });

  it('finds what was put, and the newer name after it was put again', async () => {
    const organization = { oid: below, name: '示範局 (一科)', code: '999000000A' };
    expect(await organizations().findOrganization(system, below)).toBeUndefined();
    await organizations().putOrganization(system, organization);
    expect(await organizations().findOrganization(system, below)).toStrictEqual(organization);
    await organizations().putOrganization(system, { oid: below, name: '改名局' });
    expect(await organizations().findOrganization(system, below)).toStrictEqual({
      oid: below,
      name: '改名局',
    });
  });

  it('takes 20 puts of one organisation at once', async () => {
    const target = oid('2.16.886.101.60001.20');
    await Promise.all(
      Array.from({ length: 20 }, () => organizations().putOrganization(system, { oid: target, name: 'x' })),
    );
    expect(await organizations().findOrganization(system, target)).toStrictEqual({ oid: target, name: 'x' });
  });

  it('of 20 who add one at once, lets one; it stays as the first had it', async () => {
    const target = oid('2.16.886.101.60001.24');
    const added = Array.from({ length: 20 }, (_, n) => ({ oid: target, name: `甲${n}`, code: `A${n}` }));
    const answers = await Promise.allSettled(
      added.map((each) => organizations().addOrganization(system, each)),
    );
    const won = answers.findIndex(({ status }) => status === 'fulfilled');
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'not-unique' });
    expect(await organizations().findOrganization(system, target)).toStrictEqual(added[won]);
  });

  it('of 20 changes of what was seen, makes one', async () => {
    const target = oid('2.16.886.101.60001.21');
    const seen = { oid: target, name: '甲 (一)', code: 'A1' };
    await organizations().putOrganization(system, seen);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        organizations().changeOrganization(system, seen, { oid: target, name: `乙${n}`, code: 'A1' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'changed-meanwhile' });
    expect((await organizations().findOrganization(system, target))?.name).toMatch(/^乙\d+$/);
  });

  it('changes the code alone, takes it away and gives one, each time as it was seen', async () => {
    const target = oid('2.16.886.101.60001.22');
    const states = [
      { oid: target, name: '丙' },
      { oid: target, name: '丙', code: 'B1' },
      { oid: target, name: '丙', code: 'B2' },
      { oid: target, name: '丁' },
    ] as const;
    await organizations().putOrganization(system, states[0]);
    for (const [at, next] of states.slice(1).entries()) {
      await organizations().changeOrganization(system, states[at] ?? next, next);
      expect(await organizations().findOrganization(system, target)).toStrictEqual(next);
    }
    const unseen = [
      { oid: target, name: '丙' },
      { oid: target, name: '丁', code: 'B2' },
      { oid: oid('2.16.886.101.60001.23'), name: '丁' },
    ];
    for (const seen of unseen) {
      const attempt = organizations().changeOrganization(system, seen, { ...seen, name: '戊' });
      await expect(attempt).rejects.toMatchObject({ code: 'changed-meanwhile' });
    }
    await organizations().putOrganization(system, { ...states[3], code: 'B3' });
    const attempt = organizations().changeOrganization(system, states[3], { ...states[3], code: 'B4' });
    await expect(attempt).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  it('keeps to the scope of the actor', async () => {
    await organizations().putOrganization(system, { oid: lookalike, name: 'beside' });
    await organizations().putOrganization(manager, { oid: below, name: 'below' });
    expect(await organizations().findOrganization(manager, below)).toMatchObject({ name: 'below' });
    expect(await organizations().findOrganization(manager, lookalike)).toBeUndefined();
    expect(await organizations().findOrganization(person({ id: newAccountId() }), below)).toBeUndefined();
    for (const actor of [manager, person({})]) {
      const attempts = [
        organizations().putOrganization(actor, { oid: lookalike, name: 'x' }),
        organizations().addOrganization(actor, { oid: oid('2.16.886.101.600012'), name: 'x' }),
        organizations().changeOrganization(
          actor,
          { oid: lookalike, name: 'beside' },
          { oid: lookalike, name: 'x' },
        ),
      ];
      for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'not-permitted' });
    }
  });

  describe('the tree', () => {
    it('may be prepared again, and by two at once', async () => {
      const other = world().connect();
      await Promise.all([world().directory.prepareTree(), other.prepareTree()]);
      await other.close();
    });
  });
}
