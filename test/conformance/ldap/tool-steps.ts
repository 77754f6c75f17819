/** Renames, increments, controls, schema and limits: what ldapts does not send, in the words of OpenLDAP's tools. */

export interface ToolStep {
  readonly name: string;
  /** The result code that the RFCs ask for. */
  readonly code: number;
  readonly tool: 'ldapmodify' | 'ldapsearch' | 'ldapcompare' | 'ldapdelete' | 'ldapadd';
  args(base: string): string[];
  input(base: string): string;
}

function step(
  name: string,
  code: number,
  tool: ToolStep['tool'],
  args: (base: string) => string[],
  input: (base: string) => string = () => '',
): ToolStep {
  return { name, code, tool, args, input };
}

const change = (name: string, code: number, lines: (base: string) => string[], ...options: string[]) =>
  step(
    name,
    code,
    'ldapmodify',
    () => options,
    (base) => `${lines(base).join('\n')}\n`,
  );

const add = (rdn: string, ...lines: string[]) =>
  change(`add ${rdn}`, 0, (base) => [`dn: ${rdn},${base}`, 'changetype: add', ...lines]);
const person = (rdn: string, cn: string) => add(rdn, 'objectClass: inetOrgPerson', `cn: ${cn}`, 'sn: x');
const branch = (rdn: string, ou: string) => add(rdn, 'objectClass: organizationalUnit', `ou: ${ou}`);

const find = (name: string, code: number, rdn: string, ...rest: string[]) =>
  step(name, code, 'ldapsearch', (base) => [
    '-LLL',
    '-o',
    'ldif-wrap=no',
    '-b',
    rdn === '' ? base : `${rdn},${base}`,
    ...rest,
  ]);

interface Renaming {
  readonly to: string;
  readonly keep?: boolean;
  /** Relative to the base; an absolute one ends with a dot. */
  readonly below?: string;
}

const rename = (name: string, code: number, rdn: string, { to, keep = false, below }: Renaming) =>
  change(name, code, (base) => [
    `dn: ${rdn === '' ? base : `${rdn},${base}`}`,
    'changetype: modrdn',
    `newrdn: ${to}`,
    `deleteoldrdn: ${keep ? 0 : 1}`,
    ...(below === undefined ? [] : [`newsuperior: ${under(below, base)}`]),
  ]);

function under(below: string, base: string): string {
  if (below.endsWith('.')) return below.slice(0, -1);
  return below === '' ? base : `${below},${base}`;
}

const account = (uid: string) =>
  add(
    `uid=${uid},ou=accounts`,
    'objectClass: inetOrgPerson',
    'objectClass: hufuAccount',
    `uid: ${uid}`,
    `cn: ${uid}`,
    `sn: ${uid}`,
    'hufuRevision: 1',
    ...['hufuScopeOid', 'hufuJurisdictionOid', 'hufuAgencyOid'].map((name) => `${name}: 2.16.886.101.90001`),
    'hufuAgencyCode: 999000000A',
    'hufuAgencyName: Example',
    `hufuNationalIdKey: key.${uid}`,
    'hufuNationalIdSealed: key.sealed',
    'hufuBirthdaySealed: key.sealed',
    'hufuStatus: enabled',
    'hufuOffice: general',
    'hufuOpenedOn: 2026-03-02',
  );

const renaming: readonly ToolStep[] = [
  branch('ou=accounts', 'accounts'),
  branch('ou=left', 'left'),
  branch('ou=right', 'right'),
  branch('ou=inner,ou=left', 'inner'),
  person('cn=leaf,ou=inner,ou=left', 'leaf'),
  person('cn=王小明,ou=inner,ou=left', '王小明'),
  person('cn=stays,ou=left', 'stays'),
  account('one'),
  account('two'),
  rename('rename a leaf', 0, 'cn=stays,ou=left', { to: 'cn=stayed' }),
  rename('keep the old value', 0, 'cn=stayed,ou=left', { to: 'cn=remained', keep: true }),
  rename('to its own name', 0, 'cn=remained,ou=left', { to: 'cn=remained' }),
  rename('to its own name in other case', 0, 'cn=remained,ou=left', { to: 'cn=Remained' }),
  rename('to a value it has', 0, 'cn=remained,ou=left', { to: 'cn=stayed' }),
  rename('to two naming values', 0, 'cn=stayed,ou=left', { to: 'cn=a+sn=b' }),
  rename('back to one', 0, 'cn=a+sn=b,ou=left', { to: 'cn=back', keep: true }),
  find('what the names left', 0, 'ou=left', '-s', 'one', '(objectClass=*)', 'cn', 'sn'),
  rename('an absent entry', 32, 'cn=none,ou=left', { to: 'cn=x' }),
  rename('to a name that is taken', 68, 'ou=left', { to: 'ou=right' }),
  rename('below an absent entry', 32, 'cn=back,ou=left', { to: 'cn=back', below: 'ou=none' }),
  rename('outside the base', 71, 'cn=back,ou=left', { to: 'cn=back', below: 'dc=elsewhere.' }),
  rename('to a bad name', 34, 'cn=back,ou=left', { to: 'nonsense' }),
  rename('to a name of two parts', 34, 'cn=back,ou=left', { to: 'cn=x,ou=y' }),
  rename('to an undefined attribute', 34, 'cn=back,ou=left', { to: 'nonesuch=x' }),
  rename('to an attribute not allowed', 65, 'cn=back,ou=left', { to: 'dc=x' }),
  rename('to a value not of its syntax', 34, 'cn=back,ou=left', { to: 'c=toolong' }),
  rename('without what is required', 65, 'uid=one,ou=accounts', { to: 'hufuStatus=enabled' }),
  rename('two values where one may be', 19, 'uid=one,ou=accounts', { to: 'hufuStatus=else', keep: true }),
  rename('to a unique value of another', 19, 'uid=one,ou=accounts', {
    to: 'hufuNationalIdKey=key.two',
    keep: true,
  }),
  rename('a subtree', 0, 'ou=inner,ou=left', { to: 'ou=內部' }),
  find('what lies below a renamed entry', 0, 'ou=內部,ou=left', '(objectClass=*)', 'cn', 'ou', 'entryDN'),
  find('nothing under the old name', 32, 'ou=inner,ou=left', '(objectClass=*)', '1.1'),
  rename('move a subtree', 0, 'ou=內部,ou=left', { to: 'ou=moved', below: 'ou=right' }),
  find('after the move, one level', 0, 'ou=right', '-s', 'one', '(objectClass=*)', 'ou', 'hasSubordinates'),
  find('after the move, the subtree', 0, 'ou=right', '(cn=*)', 'entryDN'),
  find('where it was', 0, 'ou=left', '(objectClass=*)', '1.1'),
  rename('move it back up to the base', 0, 'ou=moved,ou=right', { to: 'ou=top', below: '' }),
  find('by index, at its place', 0, '', '(cn=王小明)', 'cn'),
  step('remove what is empty now', 0, 'ldapdelete', (base) => [`ou=right,${base}`]),
  step('remove a moved leaf', 0, 'ldapdelete', (base) => [`cn=leaf,ou=top,${base}`]),
  person('cn=leaf,ou=top', 'leaf'),
];

const uidOne = (base: string) => `dn: uid=one,ou=accounts,${base}`;
const modify = (name: string, code: number, lines: string[], ...options: string[]) =>
  change(name, code, (base) => [uidOne(base), 'changetype: modify', ...lines], ...options);

const incrementing: readonly ToolStep[] = [
  modify('add one', 0, ['increment: hufuRevision', 'hufuRevision: 1']),
  modify('add a lot', 0, ['increment: hufuRevision', 'hufuRevision: 9007199254740993']),
  modify('take away', 0, ['increment: hufuRevision', 'hufuRevision: -9007199254740990']),
  find('the sum', 0, 'ou=accounts', '(uid=one)', 'hufuRevision'),
  modify('no integer, and not there', 19, ['increment: employeeNumber', 'employeeNumber: 1']),
  change('an integer that is not there', 16, (base) => [
    `dn: cn=leaf,ou=top,${base}`,
    'changetype: modify',
    'increment: hufuRevision',
    'hufuRevision: 1',
  ]),
  modify('no integer', 19, ['increment: sn', 'sn: 1']),
  modify('by no number', 21, ['increment: hufuRevision', 'hufuRevision: one']),
  modify('by two', 2, ['increment: hufuRevision', 'hufuRevision: 1', 'hufuRevision: 2']),
  modify('in one request with others', 0, [
    'increment: hufuRevision',
    'hufuRevision: 1',
    '-',
    'replace: title',
    'title: x',
  ]),
  find('what stands', 0, 'ou=accounts', '(uid=one)', 'hufuRevision', 'title'),
];

const title = (value: string) => ['replace: title', `title: ${value}`];
const controlling: readonly ToolStep[] = [
  modify('an assertion that holds', 0, title('a'), '-e', '!assert=(hufuStatus=enabled)'),
  modify('one that does not', 122, title('b'), '-e', '!assert=(hufuStatus=disabled)'),
  modify('one on an undefined attribute', 122, title('b'), '-e', '!assert=(nonesuch=x)'),
  modify('one that is uncritical', 122, title('b'), '-e', 'assert=(title=none)'),
  find('an assertion at a search', 122, 'ou=accounts', '-e', '!assert=(ou=else)', '-s', 'base', '1.1'),
  step('an assertion at a comparison', 122, 'ldapcompare', (base) => [
    '-e',
    '!assert=(title=none)',
    `uid=one,ou=accounts,${base}`,
    'hufuStatus:enabled',
  ]),
  step('an assertion at a comparison that holds', 6, 'ldapcompare', (base) => [
    '-e',
    '!assert=(title=a)',
    `uid=one,ou=accounts,${base}`,
    'hufuStatus:enabled',
  ]),
  step('an assertion at a removal', 122, 'ldapdelete', (base) => [
    '-e',
    '!assert=(title=none)',
    `uid=one,ou=accounts,${base}`,
  ]),
  change(
    'an assertion at a renaming',
    122,
    (base) => [uidOne(base), 'changetype: modrdn', 'newrdn: uid=x', 'deleteoldrdn: 1'],
    '-e',
    '!assert=(title=none)',
  ),
  change(
    'an assertion at an addition',
    122,
    (base) => [
      `dn: ou=asserted,${base}`,
      'changetype: add',
      'objectClass: organizationalUnit',
      'ou: asserted',
    ],
    '-e',
    '!assert=(ou=else)',
  ),
  modify('read before', 0, title('b'), '-e', '!preread=title,hufuRevision'),
  modify('read after', 0, title('c'), '-e', '!postread=title,hufuStatus'),
  modify('both', 0, title('d'), '-e', '!preread=title', '-e', '!postread=title'),
  modify(
    'read after an increment',
    0,
    ['increment: hufuRevision', 'hufuRevision: 1'],
    '-e',
    '!postread=hufuRevision',
  ),
  modify('read what nobody reads', 0, title('e'), '-e', '!postread=userPassword,title'),
  modify('nothing is read of what failed', 16, ['delete: mail'], '-e', '!preread=title'),
  change(
    'read after an addition',
    0,
    (base) => [`dn: ou=read,${base}`, 'changetype: add', 'objectClass: organizationalUnit', 'ou: read'],
    '-e',
    '!postread=*',
  ),
  change(
    'read before and after a renaming',
    0,
    (base) => [`dn: ou=read,${base}`, 'changetype: modrdn', 'newrdn: ou=renamed', 'deleteoldrdn: 1'],
    '-e',
    '!preread=ou',
    '-e',
    '!postread=ou,entryDN',
  ),
  step('read before a removal', 0, 'ldapdelete', (base) => ['-e', '!preread=ou', `ou=renamed,${base}`]),
  change(
    'read before an addition',
    12,
    (base) => [`dn: ou=read,${base}`, 'changetype: add', 'objectClass: organizationalUnit', 'ou: read'],
    '-e',
    '!preread=*',
  ),
];

const subschema = (name: string, ...rest: string[]) =>
  step(name, 0, 'ldapsearch', () => ['-LLL', '-o', 'ldif-wrap=no', '-b', 'cn=Subschema', ...rest]);
const describing: readonly ToolStep[] = [
  subschema('the subschema', '-s', 'base', 'objectClass'),
  subschema('the subschema by its class', '-s', 'base', '(objectClass=subschema)', 'cn'),
  subschema('an attribute by the rule on first components', '-s', 'base', '(attributeTypes=2.5.4.3)', 'cn'),
  subschema('an attribute there is not', '-s', 'base', '(attributeTypes=1.2.3.4)', 'cn'),
  find('where it is, of an entry', 0, 'ou=accounts', '-s', 'base', 'subschemaSubentry'),
  step('where it is, of the root', 0, 'ldapsearch', () => [
    '-LLL',
    '-b',
    '',
    '-s',
    'base',
    'subschemaSubentry',
  ]),
];

const syntaxes: readonly ToolStep[] = (
  [
    ['telephoneNumber', '+886 2 2345 6789', 0],
    ['telephoneNumber', '02-2345-6789#12', 21],
    ['facsimileTelephoneNumber', '+886 2 2345$fineResolution', 0],
    ['facsimileTelephoneNumber', '電話', 21],
    ['internationaliSDNNumber', '12 34', 0],
    ['internationaliSDNNumber', '12a', 21],
    ['destinationIndicator', 'TW', 0],
    ['destinationIndicator', '臺灣', 21],
    ['mail', 'a@example.test', 0],
    ['mail', '王@example.test', 21],
    ['manager', 'cn=x,dc=y', 0],
    ['manager', 'nobody', 21],
    ['x500UniqueIdentifier', "'0101'B", 0],
    ['x500UniqueIdentifier', '0101', 21],
    ['userCertificate;binary', 'no certificate', 21],
    ['preferredLanguage', 'zh-TW', 0],
    ['homePostalAddress', 'One$Two', 0],
    ['hufuOpeningDay', '2026-03-02', 0],
    ['hufuOpeningDay', '二〇二六', 21],
    ['hufuHasPassword', 'TRUE', 0],
    ['hufuHasPassword', '1', 21],
    ['hufuLastPasswordLogin', '20260302010000.5Z', 0],
    ['hufuLastPasswordLogin', '20261302010000Z', 21],
    ['hufuRevision', '-3', 0],
    ['hufuRevision', '+3', 21],
  ] as const
).map(([attribute, value, code]) =>
  modify(`${attribute}: ${value}`, code, [
    `replace: ${attribute}`,
    `${attribute}:: ${Buffer.from(value).toString('base64')}`,
  ]),
);

const limiting: readonly ToolStep[] = [
  find('fewer than there are', 4, 'ou=accounts', '-z', '2', '(objectClass=*)', '1.1'),
  find('as many as there are', 0, 'ou=accounts', '-z', '3', '(objectClass=*)', '1.1'),
  find('a time that suffices', 0, 'ou=accounts', '-l', '5', '(objectClass=*)', '1.1'),
];

export const toolSteps: readonly ToolStep[] = [
  ...renaming,
  ...incrementing,
  ...controlling,
  ...describing,
  ...syntaxes,
  ...limiting,
  find(
    'all that is left',
    0,
    '',
    '(!(|(o=*)(cn=backstop)(cn=hufu)(ou=policies)(uid=decoy)(ou=decoys)(cn=decoy)))',
    '*',
  ),
];
