import { describe, expect, test } from 'vitest';
import { createCatalogueDeeds, markOf } from '#administration/catalogue-deeds.ts';
import type { IdHolders } from '#administration/id-holders.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { nameOfEntry, withEntry, withoutEntries, type CatalogueEntry } from '#domain/catalogue-register.ts';
import { HufuError } from '#domain/errors.ts';
import { createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const actor = { kind: 'system', purpose: 'operations' } as const;
const context = { actor: 'person:a' };
const nobody: IdHolders = { accounts: 0, programs: [], entries: [], parties: [] };
const roleOf = (category: string): CatalogueEntry => ({
  kind: 'role',
  role: { code: 'shared', category, name: 'x', requires: 'certificate', withoutCertificate: false },
});

function openWorld() {
  const world = {
    holders: new Map<string, IdHolders>(),
    catalogue: {
      categories: [
        { id: 'csm', name: 'csm', roles: [] },
        { id: 'fms', name: 'fms', roles: [] },
      ],
      systems: [],
    } as Catalogue,
  };
  const audit = createAuditTrail({
    store: createMemoryAuditStore(),
    clock: createSetClock(),
    random: realRandom,
    log: createKeptLog(),
  });
  const deeds = createCatalogueDeeds({
    register: {
      readCatalogueNow: async () => world.catalogue,
      async addEntry(_actor, entry) {
        const isIn = (category: string) => world.catalogue.categories.some(({ id }) => id === category);
        if (entry.kind === 'role' && !isIn(entry.role.category)) throw new HufuError('changed-meanwhile');
        world.catalogue = withEntry(world.catalogue, entry);
      },
      async changeEntry(_actor, _seen, entry) {
        world.catalogue = withEntry(world.catalogue, entry);
      },
      async removeEntry(_actor, entry) {
        if (entry.kind !== 'role') {
          world.catalogue = withoutEntries(world.catalogue, [nameOfEntry(entry)]);
          return;
        }
        const { category: from, code } = entry.role;
        const categories = world.catalogue.categories.map((category) =>
          category.id === from
            ? { ...category, roles: category.roles.filter((role) => role.code !== code) }
            : category,
        );
        world.catalogue = { ...world.catalogue, categories };
      },
    },
    removals: { noteRemoval: async () => undefined, forgetRemoval: async () => undefined },
    judge: () => [],
    findHolders: async ({ id }) => world.holders.get(id) ?? nobody,
    audit,
  });
  const holding = () =>
    world.catalogue.categories.filter(({ roles }) => roles.length > 0).map(({ id }) => id);
  return { deeds, holding, world };
}

test('of two who add one role to two categories at the same moment, no two have it', async () => {
  const { deeds, holding } = openWorld();
  const outcomes = await Promise.all(
    ['csm', 'fms'].map((category) => deeds.add(actor, roleOf(category), context)),
  );
  expect(outcomes.filter(({ ok }) => ok).length).toBe(holding().length);
  expect(holding().length).toBeLessThanOrEqual(1);
  expect(outcomes).toContainEqual({ ok: false, faults: ['code'] });
});

test('a role whose category has gone a moment before is refused beside its category', async () => {
  const { deeds, world } = openWorld();
  world.catalogue = { ...world.catalogue, categories: [] };
  expect(await deeds.add(actor, roleOf('csm'), context)).toEqual({ ok: false, faults: ['category'] });
});

describe.each<[string, IdHolders]>([
  ['an account', { ...nobody, accounts: 1 }],
  ['more accounts than are counted', { ...nobody, accounts: 2001 }],
  ['a program', { ...nobody, programs: ['縣市人事系統'] }],
  ['a system', { ...nobody, entries: [{ kind: 'system', id: 'fms', name: 'fms' }] }],
  ['a relying party', { ...nobody, parties: ['工廠登記'] }],
])('an id that %s holds', (_, held) => {
  const category: CatalogueEntry = { kind: 'category', category: { id: 'csm', name: 'csm' } };
  const other: CatalogueEntry = { kind: 'category', category: { id: 'gone', name: 'gone' } };

  test('stays', async () => {
    const { deeds, world } = openWorld();
    world.holders.set('csm', held);
    const remove = () => deeds.remove(actor, { kind: 'category', id: 'csm' }, markOf(category), context);
    expect(await remove()).toEqual({ ok: false, faults: ['held'] });
    expect(world.catalogue.categories.map(({ id }) => id)).toContain('csm');
    world.holders.clear();
    expect(await remove()).toEqual({ ok: true });
    expect(world.catalogue.categories.map(({ id }) => id)).not.toContain('csm');
  });

  test('is not given anew', async () => {
    const { deeds, world } = openWorld();
    world.holders.set('gone', held);
    expect(await deeds.add(actor, other, context)).toEqual({ ok: false, faults: ['held'] });
    expect(world.catalogue.categories.map(({ id }) => id)).not.toContain('gone');
    world.holders.clear();
    expect(await deeds.add(actor, other, context)).toEqual({ ok: true });
  });
});
