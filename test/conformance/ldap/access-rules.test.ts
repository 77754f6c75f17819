import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Attribute, Change, Client, Control, type SearchOptions } from 'ldapts';
import { attempt, createClient, search } from './attempt.ts';
import { baseDn, managerDn, managerPassword, startInProcess, type InProcess } from './in-process.ts';

const open = `ou=open,${baseDn}`;
const shut = `ou=shut,${open}`;
const other = `ou=other,${baseDn}`;

/** The assertion control (RFC 4528) with `(name=<value>)`. */
class NameAssertion extends Control {
  readonly filter: Buffer;
  constructor(value: string) {
    super('1.3.6.1.1.12', { critical: true });
    const octets = (text: string) => Buffer.from([0x04, text.length, ...Buffer.from(text)]);
    const item = Buffer.concat([octets('name'), octets(value)]);
    this.filter = Buffer.concat([Buffer.from([0xa3, item.length]), item]);
  }
  override writeControl(writer: Parameters<Control['writeControl']>[0]): void {
    writer.writeBuffer(this.filter, 0x04);
  }
}

const identity = (name: string) => `cn=${name},${baseDn}`;
const person = (cn: string) => ({
  objectClass: 'inetOrgPerson',
  cn,
  sn: cn,
  mail: `${cn}@example.test`,
  title: 'clerk',
  userPassword: '{SSHA}kH5siNi1Ql1F7+HrePbDF1iWpG1zYWx0',
});
const replace = (type: string, value: string) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });

describe('access rules of bound identities', () => {
  let server: InProcess;
  const clients: Record<string, Client> = {};
  const as = (name: string): Client => clients[name] ?? createClient('');
  const find = async (name: string, base: string, options: SearchOptions = {}) => {
    const outcome = await search(as(name), base, { filter: '(objectClass=person)', ...options });
    return outcome.code === 0 ? outcome.entries?.length : `refused ${outcome.code}`;
  };

  beforeAll(async () => {
    server = await startInProcess({
      identities: [
        { dn: identity('nothing'), password: 'p' },
        { dn: identity('reader'), password: 'p', access: 'read' },
        { dn: identity('branch'), password: 'p', rules: [{ subtree: open, access: 'read' }] },
        {
          dn: identity('writer'),
          password: 'p',
          rules: [
            { access: 'read', except: ['mail'] },
            { subtree: open, access: 'write', except: ['title', 'employeeNumber'] },
            { subtree: shut, access: 'none' },
          ],
        },
        {
          dn: identity('nameless'),
          password: 'p',
          rules: [{ access: 'read', except: ['cn', 'sn', 'title'] }],
        },
      ],
    });
    for (const name of ['nothing', 'reader', 'branch', 'writer', 'nameless', 'manager']) {
      const client = createClient(server.socketPath);
      await client.bind(identity(name), name === 'manager' ? managerPassword : 'p');
      clients[name] = client;
    }
    for (const dn of [open, shut, other]) {
      await as('manager').add(dn, { objectClass: 'organizationalUnit', ou: dn.slice(3, dn.indexOf(',')) });
    }
    for (const [cn, parent] of [
      ['a', open],
      ['b', shut],
      ['c', other],
    ] as const)
      await as('manager').add(`cn=${cn},${parent}`, person(cn));
  });
  afterAll(async () => {
    await Promise.all(Object.values(clients).map((client) => client.unbind()));
    await server.close();
  });

  test('an identity without rules binds, and nothing exists for it', async () => {
    expect(await find('nothing', baseDn)).toBe('refused 32');
    expect(await attempt(() => as('nothing').compare(`cn=a,${open}`, 'cn', 'a'))).toEqual({ code: 32 });
    expect(await attempt(() => as('nothing').del(`cn=a,${open}`))).toEqual({ code: 50 });
    expect(await attempt(() => as('nothing').modifyDN(`cn=a,${open}`, 'cn=z'))).toEqual({ code: 50 });
  });

  test('one that reads, writes nothing and sees no password', async () => {
    expect(await find('reader', baseDn)).toBe(3);
    expect(await find('reader', baseDn, { filter: '(userPassword=*)' })).toBe(0);
    expect(await attempt(() => as('reader').modify(`cn=a,${open}`, replace('title', 'x')))).toEqual({
      code: 50,
    });
    expect(await attempt(() => as('reader').modifyDN(`cn=a,${open}`, 'cn=z'))).toEqual({ code: 50 });
    expect(await find('manager', baseDn, { filter: '(userPassword=*)' })).toBe(3);
  });

  test('a rule holds for its subtree alone', async () => {
    expect(await find('branch', open)).toBe(2);
    expect(await find('branch', baseDn)).toBe('refused 32');
    expect(await find('branch', other)).toBe('refused 32');
  });

  test('the nearest rule holds, and one that allows nothing cuts its subtree out', async () => {
    expect(await find('writer', baseDn)).toBe(2);
    expect(await find('writer', open)).toBe(1);
    expect(await find('writer', shut)).toBe('refused 32');
    expect(await attempt(() => as('writer').add(`cn=n,${shut}`, person('n')))).toEqual({ code: 50 });
    expect(await attempt(() => as('writer').del(`cn=c,${other}`))).toEqual({ code: 50 });
  });

  test('what a rule leaves out is not shown, searched, compared or written, entry by entry', async () => {
    const shown = await as('writer').search(baseDn, { filter: '(cn=a)', attributes: ['mail', 'title'] });
    expect(shown.searchEntries[0]?.['mail']).toBe('a@example.test');
    expect(shown.searchEntries[0]?.['title']).toEqual([]);
    expect(await find('writer', baseDn, { filter: '(mail=*)' })).toBe(1);
    expect(await find('writer', baseDn, { filter: '(title=clerk)' })).toBe(1);
    expect(await find('writer', baseDn, { filter: '(&(cn=a)(!(title=x)))' })).toBe(0);
    expect(await attempt(() => as('writer').compare(`cn=a,${open}`, 'title', 'clerk'))).toEqual({ code: 50 });
    const dn = `cn=a,${open}`;
    expect(await attempt(() => as('writer').modify(dn, replace('title', 'x')))).toEqual({ code: 50 });
    expect(await attempt(() => as('writer').modify(dn, replace('mail', 'x@example.test')))).toEqual({
      code: 0,
    });
    expect(await attempt(() => as('writer').add(`cn=n,${open}`, person('n')))).toEqual({ code: 50 });
    const { title: _, ...without } = person('n');
    expect(await attempt(() => as('writer').add(`cn=n,${open}`, without))).toEqual({ code: 0 });
  });

  test.each([
    ['equality', '(name=a)'],
    ['a beginning', '(name=a*)'],
    ['its presence', '(name=*)'],
  ])('what is left out is not found through its supertype: %s', async (_, filter) => {
    expect(await find('reader', `cn=a,${open}`, { scope: 'base', filter })).toBe(1);
    expect(await find('nameless', `cn=a,${open}`, { scope: 'base', filter })).toBe(0);
  });

  test('what is left out is not compared or asserted through its supertype', async () => {
    const dn = `cn=a,${open}`;
    const compare = (name: string) => attempt(() => as(name).compare(dn, 'name', 'a'));
    expect(await compare('reader')).toEqual({ code: 0, answer: true });
    expect(await compare('nameless')).toEqual({ code: 16 });
    const asserting = (name: string) =>
      attempt(() => as(name).compare(dn, 'objectClass', 'person', new NameAssertion('a')));
    expect(await asserting('reader')).toEqual({ code: 0, answer: true });
    expect(await asserting('nameless')).toEqual({ code: 122 });
  });

  test('nothing is moved to where it would be seen or written otherwise', async () => {
    const moved = (from: string, to: string) => attempt(() => as('writer').modifyDN(from, to));
    expect(await moved(`cn=n,${open}`, `cn=n,${other}`)).toEqual({ code: 50 });
    expect(await moved(`cn=n,${open}`, `cn=n,${shut}`)).toEqual({ code: 50 });
    expect(await moved(open, `ou=renamed,${baseDn}`)).toEqual({ code: 50 });
    expect(await moved(`cn=n,${open}`, 'title=x')).toEqual({ code: 50 });
    expect(await moved(`cn=n,${open}`, 'cn=m')).toEqual({ code: 0 });
  });

  test('who manages the base may rename what has rules for others', async () => {
    expect(await attempt(() => as('manager').modifyDN(other, `ou=elsewhere,${baseDn}`))).toEqual({ code: 0 });
    expect(await find('reader', `ou=elsewhere,${baseDn}`)).toBe(1);
  });

  test.each([
    ['a subtree outside the base', { rules: [{ subtree: 'dc=elsewhere', access: 'read' as const }] }],
    ['an unknown attribute', { rules: [{ access: 'read' as const, except: ['nonesuch'] }] }],
    ['two rules for one subtree', { access: 'read' as const, rules: [{ access: 'write' as const }] }],
    ['an empty password', { password: '' }],
  ])('%s: the server does not start', async (_, fault) => {
    const faulty = { dn: managerDn, password: 'p', ...fault };
    await expect(startInProcess({ identities: [faulty] })).rejects.toThrow('embedded directory');
  });
});
