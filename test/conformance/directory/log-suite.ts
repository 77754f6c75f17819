import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { hashPassword } from '#src/authentication/password-hash.ts';
import { realRandom } from '#test/support/real.ts';
import {
  newAccount,
  oid,
  person,
  system,
  withoutPassword,
  withPassword,
  type DirectoryWorld,
} from './directory-world.ts';

/** Last: looks at the log of everything that ran before it, too. */
export function describeLog(world: () => DirectoryWorld): void {
  it('has nothing personal in any line or error, whatever went wrong', async () => {
    const { directory, log } = world();
    const canary = newAccount({
      name: 'CanaryName',
      birthday: '0229',
      contact: { email: 'canary@example.gov', mobile: '0911-canary', address: 'CanaryAddress' },
    });
    const password = 'Canary-Password-1';
    const errors: unknown[] = [];
    const keep = (error: unknown) => void errors.push(error);
    await directory.accounts.openAccount(system, canary);
    await directory.accounts.openAccount(system, newAccount({ ...canary })).catch(keep);
    await directory.accounts
      .openAccount(system, { ...newAccount(), nationalId: canary.nationalId })
      .catch(keep);
    await directory.accounts.modifyAccount(system, canary.id, 7, { name: 'CanaryName' }).catch(keep);
    await directory.accounts
      .modifyAccount(system, canary.id, 1, { contact: { email: 'canary-é@example.gov' } })
      .catch(keep);
    const passwordHash = await hashPassword(password, realRandom);
    await directory.accounts.modifyAccount(system, canary.id, 1, { passwordHash });
    await directory.passwords.checkPassword(withPassword(canary.id), password);
    await directory.passwords.checkPassword(withPassword(canary.id), `${password}x`);
    await directory.accounts.findAccountByNationalId(system, canary.nationalId);
    expect(errors).toHaveLength(4);
    // Of an error only code and facts reach the log (src/domain/log.ts); causes may quote the directory.
    const lines = log.lines.map(({ event, fields: { error, ...fields } }) => ({
      event,
      fields,
      ...(error === undefined ? {} : { error: inspect(error) }),
    }));
    const written = inspect(
      [lines, errors.map((error) => (error instanceof Error ? { ...error, cause: undefined } : error))],
      { depth: 9, maxArrayLength: null, maxStringLength: null },
    );
    for (const secret of [canary.nationalId, canary.name, '0229', 'anary', password, 'service-of-a-test']) {
      expect(written).not.toContain(secret);
    }
  });

  describe('round trips', () => {
    it('are these', async () => {
      const { log } = world();
      const own = world().connect();
      const { accounts, passwords, organizations, catalogue, health } = own;
      const counts: Record<string, string> = {};
      const count = async (name: string, call: () => Promise<unknown>) => {
        const before = log.lines.length;
        await call();
        const operations = log.lines.slice(before).filter(({ event }) => event === 'directory.operation');
        counts[name] = operations.map(({ fields }) => String(fields['operation'])).join(' ');
      };
      const wanted = newAccount({ agency: { oid: oid('2.16.886.101.3'), code: 'x', name: 'x' } });
      const manager = person({ office: 'manager', scopeOid: oid('2.16.886.101.3') });
      const passwordHash = await hashPassword('x', realRandom);
      const { id } = wanted;
      const organization = { oid: oid('2.16.886.101.3'), name: 'x' };
      await count('openAccount', () => accounts.openAccount(system, wanted));
      await count('findAccount', () => accounts.findAccount(system, id));
      await count('findAccountByNationalId', () =>
        accounts.findAccountByNationalId(system, wanted.nationalId),
      );
      await count('checkPassword, no password', () => passwords.checkPassword(withoutPassword(id), 'x'));
      await count('modifyAccount', () => accounts.modifyAccount(system, id, 1, { passwordHash }));
      await count('modifyAccount, unit alone', () => accounts.modifyAccount(system, id, 2, { unit: null }));
      await count('modifyAccount by a manager', () => accounts.modifyAccount(manager, id, 3, { name: 'x' }));
      await count('checkPassword', () => passwords.checkPassword(withPassword(id), 'x'));
      await count('checkPassword, no account', () => passwords.checkPassword(undefined, 'x'));
      await count('recordLogin', () => accounts.recordLogin(system, id, 'password', new Date(0)));
      await count('removeAccount', () => accounts.removeAccount(system, id, 4));
      await count('putOrganization, new', () => organizations.putOrganization(system, organization));
      await count('putOrganization, known', () => organizations.putOrganization(system, organization));
      await count('findOrganization', () => organizations.findOrganization(system, organization.oid));
      await count('readCatalogue', () => catalogue.readCatalogue());
      await count('readCatalogue, remembered', () => catalogue.readCatalogue());
      await count('checkDirectory', () => health.checkDirectory());
      await own.close();
      expect(counts).toStrictEqual({
        openAccount: 'add',
        findAccount: 'search',
        findAccountByNationalId: 'search',
        'checkPassword, no password': 'bind',
        modifyAccount: 'modify',
        'modifyAccount, unit alone': 'search modify',
        'modifyAccount by a manager': 'search modify',
        checkPassword: 'bind',
        'checkPassword, no account': 'bind',
        recordLogin: 'modify',
        removeAccount: 'modify delete',
        'putOrganization, new': 'modify add',
        'putOrganization, known': 'modify',
        findOrganization: 'search',
        readCatalogue: 'search search',
        'readCatalogue, remembered': '',
        checkDirectory: 'search',
      });
    });
  });
}
