import { expect, test } from 'vitest';
import type { ImportCells } from '#accounts/import/import-columns.ts';
import { judgeGrants, readLine } from '#accounts/import/line-rules.ts';
import { personActor } from '#domain/actor.ts';
import { known, oid, today, yesterday } from '../management/people-world.ts';
import { catalogue } from '../management/registry-world.ts';
import { parseAccountId } from '#domain/account.ts';

const good: ImportCells = {
  name: ' 王小明 ',
  nationalId: 'a123456789',
  birthday: '0215',
  email: 'ming@example.test',
};

const faultsOf = (cells: ImportCells) => {
  const reading = readLine(cells);
  return reading.ok ? [] : reading.faults.map(({ column, fault }) => `${column} ${fault}`);
};

test('a line with what must be there is right; each value comes in its stored form', () => {
  expect(readLine(good)).toEqual({
    ok: true,
    line: {
      name: '王小明',
      nationalId: 'A123456789',
      birthday: '0215',
      grants: [],
      contact: { email: 'ming@example.test' },
    },
  });
});

test('takes everything else that an account has', () => {
  const more = {
    title: '科員',
    staffNumber: 'S-1',
    phone: '02-1',
    extension: '9',
    mobile: '09',
    fax: '02-2',
  };
  const places = { unitOid: '1.2.3.4.1', agencyOid: '1.2.3.4' };
  const roles = 'csm_user;until=2026-12-31、fms_user, psr_user';
  const reading = readLine({ ...good, ...more, ...places, roles, postalCode: '100', address: '某路 1 號' });
  expect(reading).toMatchObject({
    ok: true,
    line: {
      ...places,
      contact: { ...more, postalCode: '100', address: '某路 1 號' },
      grants: [{ role: 'csm_user', until: '2026-12-31' }, { role: 'fms_user' }, { role: 'psr_user' }],
    },
  });
});

test('gives a birthday back the zero that a spreadsheet program took', () => {
  expect(readLine({ ...good, birthday: '215' })).toMatchObject({ line: { birthday: '0215' } });
});

test('names every faulty column, each once', () => {
  expect(faultsOf({})).toEqual(['name missing', 'nationalId missing', 'birthday missing', 'email missing']);
  expect(
    faultsOf({
      ...good,
      nationalId: 'A123456788',
      birthday: '0230',
      email: 'ming at example',
      roles: 'CSM csm_user;until=2026-02-30 csm_user;from=1',
      unitOid: '1.2.',
      agencyOid: 'x',
      phone: 'x'.repeat(41),
    }).toSorted(),
  ).toEqual([
    'agencyOid malformed',
    'birthday malformed',
    'email malformed',
    'nationalId malformed',
    'phone malformed',
    'roles malformed',
    'unitOid malformed',
  ]);
  expect(faultsOf({ ...good, name: '王\u202E小明' })).toEqual(['name malformed']);
});

test('roles are judged by the categories held, and as they stand', () => {
  const id = known(parseAccountId('a'.repeat(26)));
  const actor = personActor(
    { id, office: 'manager', jurisdictionOid: oid('1.2.3.4'), categories: ['csm'] },
    3,
  );
  const judge = (...grants: Parameters<typeof judgeGrants>[3]) =>
    judgeGrants(actor, catalogue, today, grants);
  expect(judge({ role: 'csm_user' }, { role: 'csm_admin', until: today })).toEqual([]);
  expect(judge({ role: 'fms_user' }, { role: 'no_such' })).toEqual([
    { column: 'roles', fault: 'category-not-held', about: 'fms_user' },
    { column: 'roles', fault: 'unknown-role', about: 'no_such' },
  ]);
  expect(judge({ role: 'csm_user' }, { role: 'csm_user' })).toEqual([
    { column: 'roles', fault: 'role-twice', about: 'csm_user' },
  ]);
  expect(judge({ role: 'csm_user', until: yesterday })).toEqual([
    { column: 'roles', fault: 'grant-ended', about: 'csm_user' },
  ]);
});
