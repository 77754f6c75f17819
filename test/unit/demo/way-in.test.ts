import { describe, expect, it } from 'vitest';
import { wayIn } from '#demo/people/way-in.ts';
import { people } from '#demo/people/people.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { sealingContext, sealingPurpose } from '#domain/sealing.ts';
import { realRandom } from '#test/support/real.ts';

const now = new Date('2026-03-02T01:00:00Z');
const today = dayOf(now);
const longAgo = new Date('2026-01-02T01:00:00Z');
const circumstances = { policy: { graceHours: 72, oneDayEnabled: true }, now, prefix: 'MmDd' };
const sealing = createKeyRing([{ id: 't1', secret: Buffer.alloc(32, 1) }], realRandom);

const [person] = people;
if (!person) throw new Error('nobody');

function account(state: Partial<Account>): Account {
  const id = parseAccountId('a'.repeat(26));
  if (!id || !person) throw new Error('no id');
  return {
    id,
    revision: 1,
    name: person.name,
    nationalId: sealing.seal(person.nationalId, sealingContext(sealingPurpose.nationalId, id)),
    birthday: sealing.seal(person.birthday, sealingContext(sealingPurpose.birthday, id)),
    agency: person.agency,
    scopeOid: person.agency.oid,
    jurisdictionOid: person.agency.oid,
    office: 'general',
    categories: [],
    status: 'enabled',
    openedOn: today,
    activatedAt: longAgo,
    contact: { email: person.email },
    emailConfirmed: true,
    grants: [],
    password: { set: true, changedAt: longAgo, history: [] },
    certificates: [],
    formerCertificates: [],
    ...state,
  };
}

const own = { ...person, password: 'The-Planned-1' };

describe('wayIn', () => {
  it('names the opening password of an account that is not opened', () => {
    const way = wayIn(
      own,
      account({ status: 'not-opened', password: { set: false, openingDay: today, history: [] } }),
      false,
      circumstances,
    );
    expect(way).toMatchObject({ password: 'MmDd03157013', state: 'not-opened' });
    expect(way.expect.en).toContain('first login');
  });

  it('names the planned password only while it is still the one', () => {
    const inGrace = account({ activatedAt: now });
    expect(wayIn(own, inGrace, true, circumstances)).toMatchObject({ password: 'The-Planned-1' });
    expect(wayIn(own, inGrace, false, circumstances)).not.toHaveProperty('password');
  });

  it.each([
    ['disabled', { status: 'disabled' }],
    ['not enabled today', {}],
    [
      'must change',
      { password: { set: true, history: [], changedAt: longAgo, oneDay: { day: today, enabledAt: now } } },
    ],
    [
      'logs in',
      { password: { set: true, history: [], changedAt: now, oneDay: { day: today, enabledAt: now } } },
    ],
    ['expired', { status: 'not-opened', password: { set: false, openingDay: dayOf(longAgo), history: [] } }],
  ] as const)('says %s', (word, state) => {
    expect(wayIn(own, account(state), true, circumstances).expect.en).toContain(word);
  });
});
