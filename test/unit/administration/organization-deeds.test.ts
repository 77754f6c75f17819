import { expect, test } from 'vitest';
import { createOrganizationDeeds } from '#administration/organization-deeds.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Organization } from '#domain/directory.ts';
import { HufuError } from '#domain/errors.ts';
import { createMemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const actor = { kind: 'system', purpose: 'operations' } as const;
const context = { actor: 'person:a' };
const typed = (name: string) => ({ oid: '2.16.886.101.5', name, code: '' });

function openWorld() {
  const held = new Map<string, Organization>();
  const store = createMemoryAuditStore();
  const audit = createAuditTrail({
    store,
    clock: createSetClock(),
    random: realRandom,
    log: createKeptLog(),
  });
  const deeds = createOrganizationDeeds({
    organizations: {
      findOrganization: async (_actor, oid) => held.get(oid),
      async addOrganization(_actor, organization) {
        if (held.has(organization.oid)) throw new HufuError('not-unique');
        held.set(organization.oid, organization);
      },
      async changeOrganization(_actor, _seen, organization) {
        held.set(organization.oid, organization);
      },
    },
    audit,
  });
  return { deeds, held, entries: () => store.entries.map(({ entry }) => entry).join('\n') };
}

test('of two who add one OID at the same moment, the second is told that it is there', async () => {
  const { deeds, held, entries } = openWorld();
  const outcomes = await Promise.all([
    deeds.add(actor, typed('甲縣政府'), context),
    deeds.add(actor, typed('乙縣政府'), context),
  ]);
  expect(outcomes).toEqual([
    { ok: true, organization: { oid: '2.16.886.101.5', name: '甲縣政府' } },
    { ok: false, faults: ['oid-taken'] },
  ]);
  expect([...held.values()].map(({ name }) => name)).toEqual(['甲縣政府']);
  expect(entries()).toContain('not-unique');
});

test('one that is there stays as it is when it is added again', async () => {
  const { deeds, held } = openWorld();
  await deeds.add(actor, typed('甲縣政府'), context);
  expect(await deeds.add(actor, typed('乙縣政府'), context)).toEqual({ ok: false, faults: ['oid-taken'] });
  expect([...held.values()].map(({ name }) => name)).toEqual(['甲縣政府']);
});
