/** The operations that both servers must answer alike, in the order in which they build on one another. */
import {
  AndFilter,
  Attribute,
  Change,
  EqualityFilter,
  OrFilter,
  PresenceFilter,
  type Client,
  type SearchOptions,
} from 'ldapts';
import { attempt, search, type Outcome } from './attempt.ts';

export interface Clients {
  readonly service: Client;
  readonly admin: Client;
  readonly anonymous: Client;
  /** Not bound yet. */
  readonly fresh: Client;
  readonly base: string;
  /** DER */
  readonly certificate: Buffer;
}

export interface Operation {
  readonly name: string;
  /** The result code that the RFCs ask for. */
  readonly code: number;
  run(clients: Clients): Promise<Outcome>;
}

type Attributes = Record<string, string | string[]>;
type Kind = 'add' | 'delete' | 'replace';

const below = (base: string, rdn: string) => (rdn === '' ? base : `${rdn},${base}`);

function add(name: string, code: number, rdn: string, attributes: Attributes): Operation {
  return { name, code, run: ({ service, base }) => attempt(() => service.add(below(base, rdn), attributes)) };
}

function modify(
  name: string,
  code: number,
  rdn: string,
  ...changes: [Kind, string, ...string[]][]
): Operation {
  const list = () =>
    changes.map(
      ([operation, type, ...values]) =>
        new Change({ operation, modification: new Attribute({ type, values }) }),
    );
  return { name, code, run: ({ service, base }) => attempt(() => service.modify(below(base, rdn), list())) };
}

function remove(name: string, code: number, rdn: string): Operation {
  return { name, code, run: ({ service, base }) => attempt(() => service.del(below(base, rdn))) };
}

function find(
  filter: NonNullable<SearchOptions['filter']>,
  options: SearchOptions & { rdn?: string; name?: string; code?: number } = {},
): Operation {
  const { rdn = 'ou=accounts', name, code = 0, ...rest } = options;
  return {
    name: name ?? `search ${String(filter)}`,
    code,
    run: ({ service, base }) => search(service, below(base, rdn), { filter, attributes: ['cn'], ...rest }),
  };
}

export function account(uid: string, attributes: Attributes = {}): Attributes {
  return {
    objectClass: ['inetOrgPerson', 'hufuAccount'],
    uid,
    cn: uid,
    sn: uid,
    hufuRevision: '1',
    hufuScopeOid: '2.16.886.101.90001',
    hufuJurisdictionOid: '2.16.886.101.90001',
    hufuAgencyOid: '2.16.886.101.90001',
    hufuAgencyCode: '999000000A',
    hufuAgencyName: '示範縣政府',
    hufuNationalIdKey: `key.${uid}`,
    hufuNationalIdSealed: 'key.sealed',
    hufuBirthdaySealed: 'key.sealed',
    hufuStatus: 'enabled',
    hufuOffice: 'general',
    hufuOpenedOn: '2026-03-02',
    ...attributes,
  };
}

const person = (cn: string, more: Attributes = {}): Attributes => ({
  objectClass: 'inetOrgPerson',
  cn,
  sn: cn,
  ...more,
});
/** SSHA of `right password`, salt `salt`. */
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

const uidIs = 'uid=one,ou=accounts';
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

const searching: Operation[] = [
  ...[
    '(objectClass=*)',
    '(objectclass=PERSON)',
    '(objectClass=top)',
    '(objectClass=hufuAccount)',
    '(objectClass=2.16.840.1.113730.3.2.2)',
    '(objectClass=nonesuch)',
    '(!(objectClass=nonesuch))',
    '(cn=王小明)',
    '(cn=王*)',
    '(cn=*明)',
    '(cn=*小*)',
    '(cn=王*大*明)',
    '(cn=王 大 明)',
    '(cn= 王  大 明 )',
    '(cn=smith, john)',
    '(cn=SMITH, *)',
    '(cn=ｓｍｉｔｈ, John)',
    '(cn=Wang)',
    '(name=王小明)',
    '(commonName=王小明)',
    '(cn=\\23*)',
    '(cn=*\\5c*)',
    '(uid=ONE)',
    '(hufuStatus=ENABLED)',
    '(hufuStatus=enabled)',
    '(hufuAgencyName=示範*)',
    '(hufuNationalIdKey=newer.one)',
    '(hufuNationalIdKey=newer.*)',
    '(&(objectClass=hufuAccount)(hufuNationalIdKey=key.two))',
    '(|(hufuScopeOid=2.16.886.101.90001)(hufuScopeOid=2.16.886.101.90001.*))',
    '(&(objectClass=hufuAccount)(!(hufuScopeOid=2.16.886.101.90001)))',
    '(!(title=x))',
    '(!(nonesuch=x))',
    '(|(nonesuch=x)(uid=one))',
    '(&(nonesuch=x)(uid=one))',
    '(!(&(nonesuch=x)(uid=one)))',
    '(!(&(nonesuch=x)(uid=none)))',
    '(hufuRevision>=2)',
    '(hufuRevision<=9)',
    '(hufuRevision=02)',
    '(!(hufuRevision=02))',
    '(hufuActivatedAt>=20260302010000Z)',
    '(hufuActivatedAt>=20260302013000Z)',
    '(hufuActivatedAt=20260302020000Z)',
    '(cn>=a)',
    '(hufuEmailConfirmed=TRUE)',
    '(hufuEmailConfirmed=true)',
    '(sn~=one)',
    '(userPassword=*)',
    '(userCertificate=*)',
    '(hufuGrant=csm_user)',
    '(hufuGrant=*_user)',
    '(cn:caseExactMatch:=Smith, John)',
    '(cn:caseExactMatch:=smith, john)',
    '(cn:=smith, john)',
    '(cn:2.5.13.2:=smith, john)',
    '(cn:nonesuch:=x)',
  ].map((filter) => find(filter)),
  find(new EqualityFilter({ attribute: '2.5.4.3', value: '王小明' }), { name: 'an attribute by OID' }),
  find(new EqualityFilter({ attribute: 'cn;lang-en', value: 'Wang' }), { name: 'an option in a filter' }),
  find(new PresenceFilter({ attribute: 'cn;lang-en' }), { name: 'an option being there' }),
  find(new PresenceFilter({ attribute: 'userCertificate;binary' }), { name: 'a certificate being there' }),
  find(new AndFilter({ filters: [] }), { name: 'the filter that is always true' }),
  find(new OrFilter({ filters: [] }), { name: 'the filter that is always false' }),
  find('(objectClass=*)', { name: 'the base alone', scope: 'base' }),
  find('(objectClass=*)', { name: 'one level of the root', scope: 'one', rdn: 'ou=accounts' }),
  find('(objectClass=*)', { name: 'one level of a leaf', scope: 'one', rdn: uidIs }),
  find('(objectClass=*)', { name: 'everything below a leaf', scope: 'sub', rdn: uidIs }),
  find('(objectClass=*)', { name: 'below, without the base', scope: 'children' }),
  find('(objectClass=*)', { name: 'an absent base', rdn: 'ou=absent', code: 32 }),
  find('(objectClass=*)', { name: 'a bad base', rdn: 'nonsense', code: 34 }),
  {
    name: 'a size limit',
    code: 0, // ldapts takes sizeLimitExceeded for the end of the entries
    run: async ({ service, base }) => {
      const { code, entries } = await search(service, base, { filter: '(objectClass=*)', sizeLimit: 2 });
      return { code, answer: entries?.length };
    },
  },
  find('(uid=one)', { name: 'a size limit that is just kept', sizeLimit: 1 }),
  find('(uid=one)', { name: 'all user attributes', attributes: ['*'] }),
  find('(uid=one)', { name: 'no list at all', attributes: [] }),
  find('(uid=one)', { name: 'no attributes', attributes: ['1.1'] }),
  find('(uid=one)', { name: 'names in any case', attributes: ['CN', 'HUFUGRANT', 'nonesuch'] }),
  find('(uid=one)', { name: 'a supertype', attributes: ['name'] }),
  find('(uid=one)', { name: 'an option', attributes: ['cn;lang-en'] }),
  find('(uid=one)', { name: 'a certificate without its option', attributes: ['userCertificate'] }),
  find('(uid=one)', { name: 'a certificate', attributes: ['userCertificate;binary'] }),
  find('(uid=one)', { name: 'a password', attributes: ['userPassword'] }),
  find('(uid=one)', { name: 'types only', attributes: ['cn', 'hufuGrant'], returnAttributeValues: false }),
  find('(uid=one)', {
    name: 'operational attributes by name',
    attributes: ['entryDN', 'structuralObjectClass', 'hasSubordinates'],
  }),
  find('(entryDN=uid=one,ou=accounts,dc=hufu,dc=test)', { attributes: ['1.1'] }),
  find('(objectClass=*)', {
    name: 'whether there is something below',
    scope: 'base',
    attributes: ['hasSubordinates'],
  }),
  ...[1, 2, 3, 50].map((pageSize) =>
    find('(objectClass=*)', { name: `pages of ${pageSize}`, paged: { pageSize } }),
  ),
  find('(cn=王*)', { name: 'pages of a prefix', paged: { pageSize: 1 } }),
  {
    name: 'a password, to the administrator',
    code: 0,
    run: ({ admin, base }) =>
      search(admin, `ou=accounts,${base}`, { filter: '(userPassword=*)', attributes: ['userPassword'] }),
  },
  {
    name: 'search as nobody',
    code: 32,
    run: ({ anonymous, base }) => search(anonymous, base, { filter: '(objectClass=*)' }),
  },
  {
    name: 'the root DSE as nobody',
    code: 0,
    run: ({ anonymous }) =>
      search(anonymous, '', { scope: 'base', attributes: ['namingContexts', 'supportedLDAPVersion'] }),
  },
  {
    name: 'a search of nowhere',
    code: 32,
    run: ({ service }) => search(service, 'dc=elsewhere', { filter: '(objectClass=*)' }),
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
