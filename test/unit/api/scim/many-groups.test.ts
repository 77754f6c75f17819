/** A program that may give many roles: what a list of them with their members costs has an end. */
import { expect, test } from 'vitest';
import { createGroups, mostWithMembers } from '#api/scim/group-handlers.ts';
import { askedByAddress } from '#api/scim/list-query.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { known, oid } from '../../accounts/management/people-world.ts';

const roles = Array.from({ length: 12 }, (_, n) => ({
  code: `csm_r${n}`,
  category: 'csm',
  name: `角色${n}`,
  requires: 'certificate' as const,
  withoutCertificate: false,
}));
const catalogue: Catalogue = { categories: [{ id: 'csm', name: 'csm', roles }], systems: [] };
let lists = 0;
const accounts = new Proxy(
  {},
  {
    get: (_, name) =>
      name === 'listAccounts'
        ? async () => {
            lists += 1;
            return { ok: true, kind: 'counted', accounts: [], count: 0, page: 1 };
          }
        : undefined,
  },
);
const groups = createGroups({
  accounts,
  issuer: 'https://hub.example',
  catalogue: { readCatalogue: async () => catalogue },
  clock: { now: () => new Date(0) },
  noteRefusal: async () => undefined,
} as unknown as Parameters<typeof createGroups>[0]);
const caller = {
  actor: { kind: 'client', id: 'x', scopes: ['accounts.read'], scopeOid: oid('1.2.3'), categories: ['csm'] },
  context: { actor: 'client:x' },
  header: () => '',
} as const;

test('with members an answer has a few groups, and its next page goes on where it ends', async () => {
  const seen: unknown[] = [];
  for (let startIndex = 1; ;) {
    const page = await groups.list(
      caller,
      askedByAddress({ attributes: 'members', startIndex: String(startIndex) }),
    );
    expect([page.totalResults, page.itemsPerPage]).toEqual([12, page.Resources.length]);
    expect(page.itemsPerPage).toBe(Math.min(mostWithMembers, 12 - seen.length));
    seen.push(...page.Resources.map(({ id }) => known(id)));
    startIndex += page.itemsPerPage;
    if (startIndex > (page.totalResults ?? 0)) break;
  }
  expect(seen).toEqual(roles.map(({ code }) => code));
  expect(lists).toBe(12);
  // So few that all of them, with 2,000 members each, are one answer.
  expect(mostWithMembers).toBeLessThanOrEqual(5);
});

test('without them it has all that are asked for, and nobody is looked for', async () => {
  lists = 0;
  expect((await groups.list(caller, askedByAddress({}))).itemsPerPage).toBe(12);
  expect(lists).toBe(0);
});
