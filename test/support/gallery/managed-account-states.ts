/** Finding and opening accounts in the registration service in every state, with sample text. */
import { parseOid } from '#domain/oid.ts';
import { parseDay } from '#domain/calendar.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { accountFieldGroups, faultErrors, noTexts } from '#registry/account-form/account-form.ts';
import type { ManagersModel } from '#registry/managers/managers-model.ts';
import type { OpenedModel, OpenModel } from '#registry/open/open-model.ts';
import type { RegistryFrameModel } from '#registry/registry-frame.ts';
import { roleGroups } from '#registry/roles/role-groups.ts';
import type { ListedAccount, SearchModel } from '#registry/search/search-model.ts';
import { noWarrant } from '#registry/warrant-form.ts';
import { managerFrame, officerFrame } from './registry-states.ts';

/** Sample names in Chinese, which stand on English pages too. */
export const managedAccountTexts = [
  '登記管理（承辦）',
  '公司登記與管理資訊系統',
  '商業登記承辦',
  '公司登記承辦',
  '未帶憑證',
  '工商發展科',
  '商業行政科',
  '電子遊戲場業營業級別證管理',
  '級別證承辦',
  '王小明',
  '林怡君',
  '陳大同',
  '張雅婷',
  '科員',
  '股長',
  '桃園市政府',
  '經濟發展局',
];

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('malformed sample value');
  return value;
}

const csrf = 'sample-token';
const oid = '2.16.886.101.90027.20002';
export const sampleOid = known(parseOid(oid));
export const sampleDay = known(parseDay('2026-11-21'));
const agency = '桃園市政府經濟發展局';

export const sampleCatalogue: Catalogue = {
  categories: [
    {
      id: 'csm',
      name: '公司登記與管理',
      roles: [
        {
          code: 'csm_user',
          category: 'csm',
          name: '公司登記承辦',
          requires: 'certificate',
          withoutCertificate: false,
        },
        {
          code: 'csm_user_nocert',
          category: 'csm',
          name: '公司登記承辦（未帶憑證）',
          requires: 'second-factor',
          withoutCertificate: true,
        },
      ],
    },
    {
      id: 'bms',
      name: '商業登記資訊',
      roles: [
        {
          code: 'bms_user',
          category: 'bms',
          name: '商業登記承辦',
          requires: 'certificate',
          withoutCertificate: false,
        },
      ],
    },
    {
      id: 'gms',
      name: '電子遊戲場業營業級別證管理',
      roles: [
        {
          code: 'gms_user',
          category: 'gms',
          name: '級別證承辦',
          requires: 'certificate',
          withoutCertificate: false,
        },
      ],
    },
  ],
  systems: [
    {
      id: 'csm',
      name: '公司登記與管理資訊系統',
      nameEn: 'Company registration',
      admitsCategories: ['csm'],
      admitsRoles: [],
      leastRequirement: 'certificate',
    },
  ],
};

export const sampleManager = {
  kind: 'person',
  id: 'a'.repeat(26) as never,
  office: 'manager',
  scopeOid: sampleOid,
  categories: ['csm', 'bms'],
  meets: 'certificate',
} as const;

export const sampleGroups = roleGroups(
  { actor: sampleManager, catalogue: sampleCatalogue, today: sampleDay, english: false },
  [{ role: 'csm_user' }, { role: 'bms_user', until: known(parseDay('2026-12-31')) }, { role: 'gms_user' }],
  { chosen: ['csm_user', 'bms_user'], until: { bms_user: '2026-12-31' } },
);

const listed = (number: number, name: string, more: Partial<ListedAccount> = {}): ListedAccount => ({
  number,
  id: `sample-${number}`,
  href: `/registry/accounts/sample-${number}`,
  name,
  maskedNationalId: 'A123******',
  title: '科員',
  agency,
  unit: '工商發展科',
  office: 'general',
  status: 'enabled',
  openedOn: '2026-03-02',
  lastLogin: new Date('2026-11-20T01:30:00Z'),
  oneDay: { kind: 'offered', href: '/x' },
  selectable: true,
  ...more,
});

const { lastLogin: _never, ...newcomer } = listed(4, '張雅婷', {
  status: 'not-opened',
  oneDay: { kind: 'not', why: 'not-enabled' },
});

const accounts: readonly ListedAccount[] = [
  listed(1, '王小明', { oneDay: { kind: 'enabled' } }),
  listed(2, '林怡君', {
    title: '股長',
    office: 'manager',
    oneDay: { kind: 'not', why: 'own' },
    selectable: false,
  }),
  listed(3, '陳大同', {
    status: 'disabled',
    oneDay: { kind: 'not', why: 'not-enabled' },
    unit: '商業行政科',
  }),
  newcomer,
];

const nothing = {
  unit: '',
  status: '',
  role: '',
  category: '',
  dormant: '',
  never: '',
  name: '',
  nationalId: '',
};
const head = (sorted: 'ascending' | 'none') => ({ href: '/x', sorted }) as const;

const list: NonNullable<SearchModel['list']> = {
  accounts,
  count: '50',
  beyond: false,
  mayExport: true,
  heads: {
    name: head('ascending'),
    unit: head('none'),
    'opened-on': head('none'),
    'last-login': head('none'),
  },
  sizes: [25, 50, 100, 200].map((size) => ({ size, href: '/x', current: size === 25 })),
  page: 2,
  pages: 2,
  firstHref: '/x',
  previousHref: '/x',
};

const unsearched: SearchModel = {
  ...managerFrame('accounts'),
  csrf,
  errors: [],
  typed: nothing,
  statuses: [
    { value: 'enabled', chosen: false },
    { value: 'disabled', chosen: false },
  ],
  roles: [{ value: 'csm_user', text: '公司登記承辦 csm_user', chosen: false }],
  categoryOptions: [{ value: 'csm', text: '公司登記與管理 csm', chosen: false }],
  never: false,
  chips: [],
  carried: [{ name: 'unit', value: '' }],
};

const search: SearchModel = { ...unsearched, list };

const { firstHref: _first, previousHref: _previous, ...onePage } = list;

export const accountSearchStates: Record<string, SearchModel> = {
  'accounts-search': search,
  'accounts-search-chips': {
    ...search,
    chips: [
      { name: 'unit', value: oid, text: `${oid} 工商發展科`, withoutHref: '/x' },
      { name: 'status', value: 'enabled', withoutHref: '/x' },
      { name: 'dormant', value: '3', withoutHref: '/x' },
      { name: 'nationalId', value: 'x', text: 'A123******', withoutHref: '/x' },
    ],
  },
  'accounts-search-beyond': {
    ...search,
    ...officerFrame('accounts'),
    list: { ...onePage, beyond: true, count: '2,000+', page: 1, pages: 1, nextHref: '/x' },
  },
  'accounts-search-empty': {
    ...search,
    list: { ...onePage, accounts: [], count: '0', page: 1, pages: 1 },
    chips: [{ name: 'name', value: 'x', text: '王小明', withoutHref: '/x' }],
  },
  'accounts-search-errors': {
    ...unsearched,
    typed: { ...nothing, nationalId: 'A12', dormant: 'x' },
    errors: [
      { field: 'nationalId', message: 'registry.search.error.nationalId', code: 'R02' },
      { field: 'dormant', message: 'registry.search.error.dormant', code: 'R02' },
    ],
  },
  'accounts-search-gone': { ...unsearched, notice: 'search-gone' },
};

const open: OpenModel = {
  ...managerFrame('open'),
  csrf,
  errors: [],
  opens: 'account',
  action: '/registry/open',
  fixed: { agency: { oid: sampleOid, code: '387000000A', name: agency }, jurisdictionOid: oid },
  agencyText: '',
  unitText: '',
  jurisdictionText: '',
  ...accountFieldGroups(noTexts),
  groups: roleGroups(
    { actor: sampleManager, catalogue: sampleCatalogue, today: sampleDay, english: false },
    [],
    { chosen: [], until: {} },
  ),
  categoryOptions: [],
  warrant: noWarrant,
};

const { fixed: _fixed, ...unfixed } = open;

export const openStates: Record<string, OpenModel> = {
  'accounts-open': open,
  'accounts-open-errors': {
    ...open,
    unitText: 'Bureau',
    ...accountFieldGroups({ ...noTexts, name: 'Wang Hsiao-ming', nationalId: 'A123456788', email: 'wang' }),
    errors: [
      { field: 'unit', message: 'registry.organization.error.several', code: 'R02' },
      ...faultErrors(
        [
          { field: 'nationalId', fault: 'checksum' },
          { field: 'birthday', fault: 'format' },
          { field: 'email', fault: 'format' },
        ],
        'zh-TW',
      ),
      { field: 'reason', message: 'registry.warrant.error.reason.missing', code: 'R01' },
    ],
  },
  'accounts-open-duplicate': { ...open, duplicate: { href: '/x', name: '王小明' } },
  'accounts-open-duplicate-elsewhere': { ...open, duplicate: {} },
  'accounts-open-officer': { ...unfixed, ...officerFrame('open') },
  'managers-open': {
    ...unfixed,
    ...officerFrame('managers'),
    opens: 'manager',
    action: '/registry/managers/new',
    groups: [],
    categoryOptions: sampleCatalogue.categories.map(({ id, name }) => ({
      value: id,
      text: name,
      note: id,
      chosen: id === 'csm',
    })),
  },
};

export const openedStates: Record<string, RegistryFrameModel & OpenedModel> = {
  'accounts-opened': {
    ...managerFrame('open'),
    accountHref: '/x',
    againHref: '/registry/open',
    name: '王小明',
    agency,
    unit: '工商發展科',
    day: '2026-11-21',
    prefix: 'MmDd',
    asksCode: true,
    graceHours: 72,
    mailed: true,
  },
};

export const managerListStates: Record<string, ManagersModel> = {
  'managers-list': {
    ...officerFrame('managers'),
    count: '2',
    managers: [
      {
        href: '/x',
        officeHref: '/x',
        name: '林怡君',
        agency,
        unit: '工商發展科',
        status: 'enabled',
        jurisdictionOid: oid,
      },
      {
        href: '/y',
        officeHref: '/y',
        name: '陳大同',
        agency,
        status: 'disabled',
        jurisdictionOid: `${oid}.20011`,
      },
    ],
  },
  'managers-list-empty': { ...officerFrame('managers'), count: '0', managers: [] },
};
