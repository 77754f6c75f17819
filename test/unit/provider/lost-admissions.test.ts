/** When roles are taken: which relying parties are told, and what of the session is left. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createEndLostAdmissions, type EndLostAdmissions } from '#provider/lost-admissions.ts';
import { createStandingRules } from '#provider/standing.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { createMemoryAccounts, sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import {
  createMemorySessionRegister,
  type MemorySessionRegister,
} from '#test/support/memory/session-register.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const role = (code: string, category: string) =>
  ({ code, category, name: code, requires: 'certificate', withoutCertificate: false }) as const;
const system = (id: string) =>
  ({
    id,
    name: id,
    admitsCategories: [id],
    admitsRoles: [],
    leastRequirement: 'second-factor',
  }) as const;
const catalogue: Catalogue = {
  categories: ['csm', 'fms'].map((id) => ({ id, name: id, roles: [role(`${id}_user`, id)] })),
  systems: ['csm', 'fms'].map(system),
};
const context = { actor: 'person:m' };
const account = sampleAccount({ grants: [{ role: 'csm_user' }, { role: 'fms_user' }] });

let accounts: ReturnType<typeof createMemoryAccounts>;
let register: MemorySessionRegister;
let audited: AuditEvent[];
let revoked: string[];
let endLostAdmissions: EndLostAdmissions;

beforeEach(async () => {
  accounts = createMemoryAccounts(account);
  register = createMemorySessionRegister();
  audited = [];
  revoked = [];
  const clock = createSetClock();
  const parties = [
    sampleRelyingParty('csm'),
    sampleRelyingParty('fms'),
    sampleRelyingParty('open', { systems: [] }),
  ];
  endLostAdmissions = createEndLostAdmissions({
    audit: async (event) => void audited.push(event),
    sessions: register,
    logOutMessages: (_session, reached) =>
      reached.map(({ sid }) => ({ kind: 'back-channel-log-out', body: sid, expiresAt: clock.now() })),
    stored: { revokeGrant: async (uid, clientId) => void revoked.push(`${uid} ${clientId}`) },
    standing: createStandingRules(accounts, { readCatalogue: async () => catalogue }, clock),
    lookUpRelyingParty: async (id) => parties.find(({ clientId }) => clientId === id),
  });
  for (const [sessionUid, accountId] of [
    ['s1', account.id],
    ['s2', account.id],
    ['other', sampleId('b')],
  ] as const) {
    const session = { sessionUid, accountId, startedAt: clock.now(), endsAt: clock.now() };
    for (const clientId of ['csm', 'fms', 'open', 'gone'])
      await register.recordReached(session, { clientId, sid: `${sessionUid}-${clientId}` });
  }
});

describe('taking the last admitting role', () => {
  test('ends what is open there in every session of the person, and tells the relying party', async () => {
    accounts.change(account.id, { grants: [{ role: 'fms_user' }] });
    expect(await endLostAdmissions(account.id, context)).toBe(2);
    expect(revoked).toEqual(['s1 csm', 's2 csm']);
    expect(register.outbox.map(({ body }) => body)).toEqual(['s1-csm', 's2-csm']);
    expect(audited).toMatchObject([
      { action: 'admission.end', clientId: 'csm', reason: 'no-admitting-role', onAccount: account.id },
      { action: 'admission.end', clientId: 'csm' },
    ]);
    expect(await register.listOpenSessions(account.id)).toHaveLength(2);
    expect(await endLostAdmissions(account.id, context)).toBe(0);
  });

  test('of somebody who is not there any more ends nothing', async () => {
    expect(await endLostAdmissions(sampleId('z'), context)).toBe(0);
    expect([audited, revoked]).toEqual([[], []]);
  });

  test('nobody is told who keeps a role, nor where no role is asked for', async () => {
    expect(await endLostAdmissions(account.id, context)).toBe(0);
    accounts.change(account.id, { grants: [] });
    expect(await endLostAdmissions(account.id, context)).toBe(4);
    expect(revoked.some((line) => line.endsWith('open'))).toBe(false);
  });
});
