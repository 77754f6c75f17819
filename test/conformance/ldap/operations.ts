/** The operations that both servers must answer alike, in the order in which they build on one another. */
import { Attribute, Change } from 'ldapts';
import { attempt, search } from './attempt.ts';
import { account, add, below, find, modify, person, remove, uidIs, type Operation } from './operation.ts';
import { searching } from './search-operations.ts';

const ssha = '{SSHA}kH5siNi1Ql1F7+HrePbDF1iWpG1zYWx0';

const building: Operation[] = [
  add('add a branch', 0, 'ou=accounts', { objectClass: 'organizationalUnit', ou: 'accounts' }),
  add('add it again', 68, 'ou=accounts', { objectClass: 'organizationalUnit', ou: 'accounts' }),
  add('add below an absent parent', 32, 'cn=x,ou=absent', person('x')),
  add(
    'add an account',
    0,
    'uid=one,ou=accounts',
    account('one', { cn: '王小明', hufuGrant: ['csm_user', 'fms_user'] }),
  ),
  add(
    'add another',
    0,
    'uid=two,ou=accounts',
    account('two', { cn: '王 大  明', hufuScopeOid: '2.16.886.101.900011' }),
  ),
  add(
    'add one below the scope',
    0,
    'uid=three,ou=accounts',
    account('three', { hufuScopeOid: '2.16.886.101.90001.7' }),
  ),
  add('add without naming value', 0, 'uid=four,ou=accounts', account('four', { uid: 'other' })),
  add(
    'add with its national ID taken',
    19,
    'uid=five,ou=accounts',
    account('five', { hufuNationalIdKey: 'key.one' }),
  ),
  add('add with a comma in the name', 0, 'cn=Smith\\, John,ou=accounts', person('Smith, John')),
  add(
    'add with special characters',
    0,
    'cn=\\#1 \\+ \\"2\\" \\<3\\>\\; \\\\4\\ ,ou=accounts',
    person('#1 + "2" <3>; \\4 '),
  ),
  add('add with two naming values', 0, 'cn=陳+sn=大文,ou=accounts', person('陳', { sn: '大文' })),
  add('add in other case', 68, 'CN=smith\\2C  JOHN,OU=Accounts', person('Smith, John')),
  add('add with a full-width name', 68, 'cn=Ｓmith\\, John,ou=accounts', person('Smith, John')),
  add('add without object class', 65, 'cn=x,ou=accounts', { cn: 'x', sn: 'x' }),
  add('add with an unknown class', 21, 'cn=x,ou=accounts', { objectClass: 'nonesuch', cn: 'x' }),
  add('add with auxiliary classes alone', 65, 'uid=x,ou=accounts', {
    ...account('x'),
    objectClass: 'hufuAccount',
  }),
  add('add with two structural classes', 65, 'cn=x,ou=accounts', {
    objectClass: ['person', 'organizationalUnit'],
    cn: 'x',
    sn: 'x',
    ou: 'x',
  }),
  add('add without a required attribute', 65, 'cn=x,ou=accounts', { objectClass: 'person', cn: 'x' }),
  add('add with an attribute not allowed', 65, 'cn=x,ou=accounts', { ...person('x'), hufuStatus: 'enabled' }),
  add('add an undefined attribute', 17, 'cn=x,ou=accounts', { ...person('x'), nonesuch: 'x' }),
  add('add two values where one may be', 19, 'uid=x,ou=accounts', account('x', { hufuStatus: ['a', 'b'] })),
  add('add a value twice', 20, 'uid=x,ou=accounts', account('x', { hufuGrant: ['a', 'a'] })),
  add(
    'add a value twice in other case',
    20,
    'cn=x,ou=accounts',
    person('x', { description: ['Abc', 'aBC'] }),
  ),
  add('add a bad integer', 21, 'uid=x,ou=accounts', account('x', { hufuRevision: 'one' })),
  add('add a bad boolean', 21, 'uid=x,ou=accounts', account('x', { hufuEmailConfirmed: 'yes' })),
  add('add a bad time', 21, 'uid=x,ou=accounts', account('x', { hufuActivatedAt: '2026-03-02' })),
  add('add Chinese where ASCII must be', 21, 'uid=x,ou=accounts', account('x', { hufuStatus: '啟用' })),
  add('add an empty text', 21, 'cn=x,ou=accounts', person('x', { description: '' })),
  add(
    'add an operational attribute',
    19,
    'cn=x,ou=accounts',
    person('x', { createTimestamp: '20260101000000Z' }),
  ),
  add('add a bad name', 34, 'nonsense', person('x')),
  add('add a name of an undefined attribute', 34, 'nonesuch=x,ou=accounts', person('x')),
  {
    name: 'add outside the base',
    code: 53,
    run: ({ service }) => attempt(() => service.add('dc=elsewhere', person('x'))),
  },
  {
    name: 'add as nobody',
    code: 8,
    run: ({ anonymous, base }) => attempt(() => anonymous.add(`cn=x,${base}`, person('x'))),
  },
];

const changing: Operation[] = [
  modify('replace a value', 0, uidIs, ['replace', 'title', '科長']),
  modify('add a value', 0, uidIs, ['add', 'hufuGrant', 'bms_user']),
  modify('add it again', 20, uidIs, ['add', 'hufuGrant', 'bms_user']),
  modify('delete a value', 0, uidIs, ['delete', 'hufuGrant', 'bms_user']),
  modify('delete it again', 16, uidIs, ['delete', 'hufuGrant', 'bms_user']),
  modify('delete an attribute', 0, uidIs, ['delete', 'title']),
  modify('delete it again', 16, uidIs, ['delete', 'title']),
  modify('replace with nothing', 0, uidIs, ['replace', 'title']),
  modify('the next revision', 0, uidIs, ['delete', 'hufuRevision', '1'], ['add', 'hufuRevision', '2']),
  modify(
    'a revision that has passed',
    16,
    uidIs,
    ['delete', 'hufuRevision', '1'],
    ['add', 'hufuRevision', '3'],
  ),
  modify('all or nothing', 16, uidIs, ['replace', 'title', '局長'], ['delete', 'hufuGrant', 'none']),
  find('(title=*)', { name: 'nothing of it stands' }),
  modify('a second value where one may be', 19, uidIs, ['add', 'hufuStatus', 'disabled']),
  modify('delete what is required', 65, uidIs, ['delete', 'hufuStatus']),
  modify('delete the naming value', 64, uidIs, ['replace', 'uid', 'else']),
  modify('an undefined attribute', 17, uidIs, ['replace', 'nonesuch', 'x']),
  modify('an attribute not allowed', 65, uidIs, ['replace', 'dc', 'x']),
  modify('a bad value', 21, uidIs, ['replace', 'hufuRevision', '07']),
  modify('an operational attribute', 19, uidIs, [
    'replace',
    'entryUUID',
    '5d0b9b40-0c1a-103f-8a3c-9f2b7d9b2b00',
  ]),
  modify('an unknown class', 21, uidIs, ['add', 'objectClass', 'nonesuch']),
  modify('a class added', 0, uidIs, ['add', 'objectClass', 'pkiUser']),
  modify('another structural class', 69, 'cn=陳+sn=大文,ou=accounts', ['replace', 'objectClass', 'person']),
  modify('a value taken by another', 19, uidIs, ['add', 'hufuNationalIdKey', 'key.two']),
  modify('its own value again', 0, uidIs, ['replace', 'hufuNationalIdKey', 'key.one', 'newer.one']),
  modify('a second key, taken', 19, 'uid=two,ou=accounts', ['add', 'hufuNationalIdKey', 'newer.one']),
  modify('a certificate key', 0, uidIs, ['add', 'hufuCertificateKey', 'c.1']),
  modify('a certificate key of another', 19, 'uid=two,ou=accounts', ['add', 'hufuCertificateKey', 'c.1']),
  modify('values given twice', 20, uidIs, ['add', 'hufuGrant', 'x', 'x']),
  modify('an absent entry', 32, 'uid=none,ou=accounts', ['replace', 'title', 'x']),
  modify('a bad name', 34, '=', ['replace', 'title', 'x']),
  modify('a certificate without ;binary', 17, uidIs, ['add', 'userCertificate', 'x']),
  modify('text with ;binary', 17, uidIs, ['add', 'title;binary', 'x']),
  modify('a name in a language', 0, uidIs, ['add', 'cn;lang-en', 'Wang']),
  modify('times', 0, uidIs, ['replace', 'hufuActivatedAt', '20260302010000Z']),
  modify('a time in another zone', 0, 'uid=two,ou=accounts', [
    'replace',
    'hufuActivatedAt',
    '202603021000+0800',
  ]),
  modify('numbers', 0, 'uid=two,ou=accounts', ['replace', 'hufuRevision', '10']),
  modify('a boolean', 0, uidIs, ['replace', 'hufuEmailConfirmed', 'TRUE']),
  modify('a password', 0, uidIs, ['replace', 'userPassword', ssha]),
  {
    name: 'a certificate',
    code: 0,
    run: ({ service, base, certificate }) =>
      attempt(() =>
        service.modify(`${uidIs},${base}`, [
          new Change({
            operation: 'add',
            modification: new Attribute({ type: 'userCertificate;binary', values: [certificate] }),
          }),
        ]),
      ),
  },
];

const compare = (name: string, code: number, attribute: string, value: string, rdn = uidIs): Operation => ({
  name,
  code,
  run: ({ service, base }) => attempt(() => service.compare(below(base, rdn), attribute, value)),
});

const comparing: Operation[] = [
  compare('compare true', 0, 'hufuStatus', 'enabled'),
  compare('compare false', 0, 'hufuStatus', 'disabled'),
  compare('compare by the rule', 0, 'CN', ' 王小明 '),
  compare('compare an absent attribute', 16, 'title', 'x'),
  compare('compare an undefined attribute', 17, 'nonesuch', 'x'),
  compare('compare an absent entry', 32, 'cn', 'x', 'uid=none,ou=accounts'),
];

const bindAs = (name: string, code: number, dn: (base: string) => string, password: string): Operation => ({
  name,
  code,
  run: ({ fresh, base }) => attempt(() => fresh.bind(dn(base), password)),
});

const binding: Operation[] = [
  bindAs('bind as a person', 0, (base) => `uid=one,ou=accounts,${base}`, 'right password'),
  {
    name: 'a person may read nothing',
    code: 32,
    run: ({ fresh, base }) => search(fresh, `ou=accounts,${base}`, { filter: '(objectClass=*)' }),
  },
  {
    name: 'a person may write nothing',
    code: 50,
    run: ({ fresh, base }) => attempt(() => fresh.add(`cn=x,ou=accounts,${base}`, person('x'))),
  },
  bindAs('a wrong password', 49, (base) => `uid=one,ou=accounts,${base}`, 'wrong password'),
  bindAs('an entry without password', 49, (base) => `uid=two,ou=accounts,${base}`, 'right password'),
  bindAs('an unknown entry', 49, (base) => `uid=none,ou=accounts,${base}`, 'right password'),
  bindAs('a name outside', 49, () => 'cn=x,dc=elsewhere', 'right password'),
  bindAs('an empty password', 53, (base) => `uid=one,ou=accounts,${base}`, ''),
  bindAs('a bad name', 34, () => 'nonsense', 'x'),
  bindAs('the service with a wrong password', 49, (base) => `cn=hufu,${base}`, 'wrong'),
  bindAs('nobody', 0, () => '', ''),
  bindAs('the service', 0, (base) => `cn=hufu,${base}`, 'service-of-a-test'),
  bindAs(
    'the service in another spelling',
    0,
    (base) => `CN = Hufu , ${base.toUpperCase()}`,
    'service-of-a-test',
  ),
];

const removing: Operation[] = [
  remove('remove what has entries below', 66, 'ou=accounts'),
  remove('remove an absent entry', 32, 'uid=none,ou=accounts'),
  remove('remove by a bad name', 34, 'nonsense'),
  remove('remove an entry', 0, 'uid=two,ou=accounts'),
  remove('remove it again', 32, 'uid=two,ou=accounts'),
  add(
    'its values are free again',
    0,
    'uid=six,ou=accounts',
    account('six', { hufuNationalIdKey: 'key.two' }),
  ),
  find('(hufuNationalIdKey=key.two)'),
  remove(
    'remove a name with special characters',
    0,
    'cn=\\231 \\2b \\222\\22 \\3c3\\3e\\3b \\5c4\\20,ou=accounts',
  ),
  find('(objectClass=*)', { name: 'what is left', attributes: ['*'] }),
];

export const operations: readonly Operation[] = [
  ...building,
  ...changing,
  ...searching,
  ...comparing,
  ...binding,
  ...removing,
];
