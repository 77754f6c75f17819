import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AccountChange } from '#domain/directory.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { sealingContext } from '#domain/sealing.ts';
import { createLdapDirectory } from '#adapters/directory/ldap-directory.ts';
import { realRandom } from '#test/support/real.ts';
import {
  agency,
  day,
  newAccount,
  newAccountId,
  newNationalId,
  oid,
  system,
  unit,
  type DirectoryWorld,
} from './directory-world.ts';

const run = promisify(execFile);

export function describeAccounts(world: () => DirectoryWorld): void {
  const accounts = () => world().directory.accounts;

  describe('opening and finding', () => {
    it('gives the account it opened, and finds the same by id and by national ID', async () => {
      const wanted = newAccount({
        unit,
        office: 'manager',
        categories: ['fms', 'csm'],
        contact: {
          email: 'official@example.gov',
          phone: '02-2321-2200#1234',
          extension: '12',
          mobile: '0900-000-000',
          fax: '(02)2321-0000#9',
          postalCode: '100',
          address: '臺北市示範路1號',
          title: '科員',
          staffNumber: 'S-1',
        },
        grants: [{ role: 'csm_user' }, { role: 'bms_nocert', until: day('2026-12-31') }],
      });
      const opened = await accounts().openAccount(system, wanted);
      expect(opened).toMatchObject({
        id: wanted.id,
        revision: 1,
        name: wanted.name,
        agency,
        unit,
        scopeOid: unit.oid,
        jurisdictionOid: agency.oid,
        office: 'manager',
        categories: ['csm', 'fms'],
        status: 'not-opened',
        contact: wanted.contact,
        emailConfirmed: false,
        grants: [{ role: 'bms_nocert', until: '2026-12-31' }, { role: 'csm_user' }],
        password: { set: false, openingDay: '2026-03-02', history: [] },
        certificates: [],
        formerCertificates: [],
      });
      expect(await accounts().findAccount(system, wanted.id)).toStrictEqual(opened);
      expect(await accounts().findAccountByNationalId(system, wanted.nationalId)).toStrictEqual(opened);
    });

    it('takes the agency for the scope where there is no unit', async () => {
      const opened = await accounts().openAccount(system, newAccount());
      expect(opened.scopeOid).toBe(agency.oid);
      expect(opened).not.toHaveProperty('unit');
    });

    it('finds nobody for an unknown id or national ID', async () => {
      expect(await accounts().findAccount(system, newAccountId())).toBeUndefined();
      expect(await accounts().findAccountByNationalId(system, newNationalId())).toBeUndefined();
    });

    it('seals the national ID and birthday for their account and field alone', async () => {
      const wanted = newAccount();
      const { id, nationalId, birthday } = await accounts().openAccount(system, wanted);
      const { sealing } = world();
      expect(sealing.open(nationalId, sealingContext('national-id', id))).toBe(wanted.nationalId);
      expect(sealing.open(birthday, sealingContext('birthday', id))).toBe('0215');
      expect(() => sealing.open(nationalId, sealingContext('national-id', newAccountId()))).toThrow();
      expect(() => sealing.open(nationalId, sealingContext('birthday', id))).toThrow();
    });

    it('finds an account indexed under a key that is being replaced', async () => {
      const { server, clock, log } = world();
      const older = createLdapDirectory(
        {
          servers: [server.connect],
          ...(server.mapping ? { mapping: server.mapping } : {}),
          baseDn: server.baseDn,
          bindDn: server.serviceDn,
          bindPassword: server.servicePassword,
          poolSize: 1,
          timeoutMs: 5_000,
          catalogueMaxAgeSeconds: 60,
        },
        {
          sealing: createKeyRing([{ id: 'old', secret: Buffer.alloc(32, 1) }], realRandom),
          clock,
          log,
          random: realRandom,
        },
      );
      const wanted = newAccount();
      await older.accounts.openAccount(system, wanted);
      await older.close();
      expect((await accounts().findAccountByNationalId(system, wanted.nationalId))?.id).toBe(wanted.id);
    });

    it.each([
      ['LDAP filter characters', '*)(uid=*))(|(uid=*'],
      ['characters of distinguished names', ' #,+"\\<>;=o=x '],
      ['a NUL', 'a\0b'],
      ['Chinese beyond the basic plane', '𠀀𡃁 範例・人'],
      ['line breaks and LDIF', 'a\ndn: cn=x\n\nb'],
      ['four thousand characters', '名'.repeat(4_000)],
    ])('keeps a name with %s as it is', async (_, name) => {
      const wanted = newAccount({ name, contact: { address: name } });
      await accounts().openAccount(system, wanted);
      const found = await accounts().findAccountByNationalId(system, wanted.nationalId);
      expect(found?.name).toBe(name);
      expect(found?.contact.address).toBe(name);
    });

    it('composes text (NFC) and takes blank optional text for none', async () => {
      const wanted = newAccount({ name: 'e\u0301', contact: { title: '', address: '  ' } });
      const opened = await accounts().openAccount(system, wanted);
      expect(opened.name).toBe('\u00e9');
      expect(opened.contact).toStrictEqual({});
      expect(await accounts().findAccount(system, wanted.id)).toStrictEqual(opened);
    });

    it('refuses a name of nothing', async () => {
      await expect(accounts().openAccount(system, newAccount({ name: '' }))).rejects.toMatchObject({
        code: 'bad-request',
      });
    });
  });

  describe('one account a person', () => {
    it('refuses a second account of a person, and the same id twice', async () => {
      const first = newAccount();
      await accounts().openAccount(system, first);
      const again = newAccount({ nationalId: first.nationalId });
      await expect(accounts().openAccount(system, again)).rejects.toMatchObject({
        code: 'not-unique',
        facts: { attribute: 'nationalId' },
      });
      await expect(accounts().openAccount(system, newAccount({ id: first.id }))).rejects.toMatchObject({
        code: 'not-unique',
        facts: { attribute: 'id' },
      });
    });

    it('lets one of 20 simultaneous openings of a person through', async () => {
      const other = world().connect();
      const nationalId = newNationalId();
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) =>
          (turn % 2 ? other : world().directory).accounts.openAccount(system, newAccount({ nationalId })),
        ),
      );
      await other.close();
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'not-unique' });
      }
    });

    it('opens a person anew after removal', async () => {
      const first = newAccount();
      await accounts().openAccount(system, first);
      await accounts().removeAccount(system, first.id, 1);
      const second = newAccount({ nationalId: first.nationalId });
      await accounts().openAccount(system, second);
      expect((await accounts().findAccountByNationalId(system, first.nationalId))?.id).toBe(second.id);
    });
  });

  describe('changing', () => {
    const everything: AccountChange = {
      name: '改名人',
      office: 'programme-officer',
      categories: ['csm', 'csm', 'bms'],
      status: 'enabled',
      activatedAt: new Date('2026-03-02T03:04:05.678Z'),
      agreement: { version: '2026 版', at: new Date('2026-03-02T03:04:05.001Z') },
      contact: { email: 'new@example.gov', title: null },
      emailConfirmed: true,
      grants: [{ role: 'csm_user' }],
      passwordHash: '{ARGON2}$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g',
      passwordChangedAt: new Date('2026-03-02T00:00:00.000Z'),
      passwordHistory: Array.from({ length: 12 }, (_, place) => `{ARGON2}$argon2id$hash-${20 - place}`),
      openingDay: null,
      oneDayPassword: { day: day('2026-03-03'), enabledAt: new Date('2026-03-02T23:59:59.999Z') },
    };

    it('applies every field in one step and keeps what was not named', async () => {
      const wanted = newAccount({ contact: { title: '科員', phone: '1' }, grants: [{ role: 'fms_user' }] });
      await accounts().openAccount(system, wanted);
      expect(await accounts().modifyAccount(system, wanted.id, 1, everything)).toBe(2);
      expect(await accounts().findAccount(system, wanted.id)).toMatchObject({
        revision: 2,
        name: '改名人',
        office: 'programme-officer',
        categories: ['bms', 'csm'],
        status: 'enabled',
        activatedAt: everything.activatedAt,
        agreement: everything.agreement,
        contact: { email: 'new@example.gov', phone: '1' },
        emailConfirmed: true,
        grants: [{ role: 'csm_user' }],
        password: {
          set: true,
          changedAt: everything.passwordChangedAt,
          history: everything.passwordHistory,
          oneDay: everything.oneDayPassword,
        },
      });
    });

    it('removes what is set to null, also when it was not there', async () => {
      const wanted = newAccount();
      await accounts().openAccount(system, wanted);
      await accounts().modifyAccount(system, wanted.id, 1, everything);
      const nothing: AccountChange = {
        activatedAt: null,
        passwordHash: null,
        passwordChangedAt: null,
        passwordHistory: [],
        oneDayPassword: null,
        openingDay: null,
        unit: null,
        contact: { email: null, fax: null },
        categories: [],
        grants: [],
      };
      await accounts().modifyAccount(system, wanted.id, 2, nothing);
      const found = await accounts().findAccount(system, wanted.id);
      expect(found).not.toHaveProperty('activatedAt');
      expect(found?.password).toStrictEqual({ set: false, history: [] });
      expect(found?.contact).toStrictEqual({});
      expect(found).toMatchObject({ categories: [], grants: [], revision: 3 });
    });

    it.each([
      ['a unit', { unit: { oid: oid('2.16.886.101.5.6'), name: 'u' } }, '2.16.886.101.5.6'],
      ['no unit', { unit: null }, agency.oid],
      ['an agency, the unit staying', { agency: { ...agency, oid: oid('2.16.886.101.7') } }, unit.oid],
      [
        'an agency and no unit',
        { unit: null, agency: { ...agency, oid: oid('2.16.886.101.7') } },
        '2.16.886.101.7',
      ],
    ] satisfies [string, AccountChange, string][])('moves the scope with %s', async (_, change, scopeOid) => {
      const wanted = newAccount({ unit });
      await accounts().openAccount(system, wanted);
      await accounts().modifyAccount(system, wanted.id, 1, change);
      expect((await accounts().findAccount(system, wanted.id))?.scopeOid).toBe(scopeOid);
    });

    it('refuses a change of an older revision, and changes nothing', async () => {
      const wanted = newAccount({ unit });
      await accounts().openAccount(system, wanted);
      await accounts().modifyAccount(system, wanted.id, 1, { name: 'first' });
      for (const change of [{ name: 'second' }, { unit: null, name: 'second' }]) {
        await expect(accounts().modifyAccount(system, wanted.id, 1, change)).rejects.toMatchObject({
          code: 'changed-meanwhile',
        });
      }
      await expect(accounts().removeAccount(system, wanted.id, 1)).rejects.toMatchObject({
        code: 'changed-meanwhile',
      });
      expect(await accounts().findAccount(system, wanted.id)).toMatchObject({ name: 'first', revision: 2 });
    });

    it('lets one of 20 simultaneous changes at one revision through', async () => {
      const wanted = newAccount();
      await accounts().openAccount(system, wanted);
      const other = world().connect();
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) =>
          (turn % 2 ? other : world().directory).accounts.modifyAccount(system, wanted.id, 1, {
            name: `name ${turn}`,
          }),
        ),
      );
      await other.close();
      const winners = results.flatMap(({ status }, turn) => (status === 'fulfilled' ? [turn] : []));
      expect(winners).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'changed-meanwhile' });
      }
      expect(await accounts().findAccount(system, wanted.id)).toMatchObject({
        name: `name ${winners[0]}`,
        revision: 2,
      });
    });

    it('moves the revision on without a change, once of 20 at the same moment', async () => {
      const wanted = newAccount();
      const opened = await accounts().openAccount(system, wanted);
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, () => accounts().modifyAccount(system, wanted.id, 1, {})),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await accounts().findAccount(system, wanted.id)).toEqual({ ...opened, revision: 2 });
    });

    it('says that what is gone is not found', async () => {
      const gone = newAccountId();
      const notFound = { code: 'not-found' };
      await expect(accounts().modifyAccount(system, gone, 1, { name: 'x' })).rejects.toMatchObject(notFound);
      await expect(accounts().modifyAccount(system, gone, 1, { unit: null })).rejects.toMatchObject(notFound);
      await expect(accounts().removeAccount(system, gone, 1)).rejects.toMatchObject(notFound);
      await expect(accounts().recordLogin(system, gone, 'password', new Date())).rejects.toMatchObject(
        notFound,
      );
    });

    it('records logins without touching the revision', async () => {
      const wanted = newAccount();
      await accounts().openAccount(system, wanted);
      const first = new Date('2026-03-02T01:02:03.004Z');
      const second = new Date('2026-03-02T01:02:03.005Z');
      await accounts().recordLogin(system, wanted.id, 'password', first);
      await accounts().recordLogin(system, wanted.id, 'password', second);
      await accounts().recordLogin(system, wanted.id, 'certificate', first);
      expect(await accounts().findAccount(system, wanted.id)).toMatchObject({
        revision: 1,
        lastPasswordLogin: second,
        lastCertificateLogin: first,
      });
    });
  });

  it('keeps no national ID or birthday in clear, neither as seen by the service nor in the files', async () => {
    const wanted = newAccount({ birthday: '1231' });
    await accounts().openAccount(system, wanted);
    const { server } = world();
    const identity = ['-x', '-D', server.serviceDn, '-w', server.servicePassword];
    const branch = server.mapping?.accounts.baseDn ?? `ou=accounts,${server.baseDn}`;
    const base = ['-b', `uid=${wanted.id},${branch}`];
    const form = ['-LLL', '-o', 'ldif-wrap=no', '-H', server.url];
    const { stdout } = await run('ldapsearch', [...identity, ...form, ...base, '*', '+']);
    expect(stdout).toContain(`uid: ${wanted.id}`);
    for (const value of attributeValues(stdout)) {
      expect(value).not.toContain(wanted.nationalId);
      expect(value).not.toBe('1231');
    }
    for (const file of await readdir(server.dataFolder)) {
      const content = await readFile(path.join(server.dataFolder, file));
      expect(content.includes(wanted.nationalId), file).toBe(false);
    }
  });
}

/** The values of an LDIF, the base64 ones decoded. */
function attributeValues(ldif: string): string[] {
  return ldif.split('\n').map((line) => {
    const [, encoded, plain] = /^[^:]*:(?:: (.*)| (.*))$/.exec(line) ?? [];
    return encoded === undefined ? (plain ?? '') : Buffer.from(encoded, 'base64').toString('utf8');
  });
}
