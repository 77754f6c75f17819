import { expect, test } from 'vitest';
import { createCatalogueDeeds } from '#administration/catalogue-deeds.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { nameOfEntry, withEntry, withoutEntries, type CatalogueEntry } from '#domain/catalogue-register.ts';
import { createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const actor = { kind: 'system', purpose: 'operations' } as const;
const context = { actor: 'person:a' };
const roleOf = (category: string): CatalogueEntry => ({
  kind: 'role',
  role: { code: 'shared', category, name: 'x', requires: 'certificate', withoutCertificate: false },
});

function openWorld() {
  const world = {
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
    audit,
  });
  const holding = () =>
    world.catalogue.categories.filter(({ roles }) => roles.length > 0).map(({ id }) => id);
  return { deeds, holding };
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
