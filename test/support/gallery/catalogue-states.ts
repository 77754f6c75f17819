/** The catalogue in the registration service, in its states. */
import type { Catalogue } from '#domain/catalogue.ts';
import type {
  CatalogueModel,
  EntryFormModel,
  EntryQuestionModel,
  Holders,
} from '#registry/catalogue/catalogue-model.ts';
import { catalogueFacts, formChoices } from '#registry/catalogue/catalogue-view.ts';
import { emptyEntry } from '#registry/catalogue/entry-form.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('catalogue');

const catalogue: Catalogue = {
  categories: [
    {
      id: 'csm',
      name: '公司登記與管理',
      roles: [
        {
          code: 'csm_user',
          category: 'csm',
          name: '公司登記使用者',
          requires: 'certificate',
          withoutCertificate: false,
        },
        {
          code: 'csm_user_nocert',
          category: 'csm',
          name: '公司登記使用者（未帶憑證）',
          requires: 'second-factor',
          withoutCertificate: true,
        },
      ],
    },
    { id: 'bms', name: '商業登記資訊', roles: [] },
  ],
  systems: [
    {
      id: 'csm',
      name: '公司登記與管理資訊系統',
      admitsCategories: ['csm'],
      admitsRoles: [],
      leastRequirement: 'certificate',
    },
    {
      id: 'edd',
      name: '電子送達文件驗證平台',
      admitsCategories: [],
      admitsRoles: [],
      leastRequirement: 'second-factor',
    },
  ],
};

export const catalogueSampleTexts = [
  '公司登記使用者（未帶憑證）',
  '公司登記與管理資訊系統',
  '公司登記使用者',
  '公司登記與管理',
  '電子送達文件驗證平台',
  '商業登記資訊',
];

const facts = await catalogueFacts(catalogue, async (id) => (id === 'csm' ? ['公司登記與管理資訊系統'] : []));

export const catalogueStates: Record<string, CatalogueModel> = {
  'registry-catalogue': { ...frame, ...facts, seconds: 10, notice: 'changed' },
};

const form: EntryFormModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  kind: 'role',
  mode: 'add',
  action: '/form',
  backHref: '#',
  seen: '',
  shown: '{}',
  changedMeanwhile: false,
  typed: { ...emptyEntry, category: 'csm' },
  ...formChoices(catalogue, { ...emptyEntry, category: 'csm' }),
};

export const entryFormStates: Record<string, EntryFormModel> = {
  'registry-role-new': form,
  'registry-category-change': {
    ...form,
    kind: 'category',
    mode: 'change',
    removeHref: '#',
    typed: { ...emptyEntry, id: 'csm', name: 'Company registration' },
  },
  'registry-system-errors': {
    ...form,
    kind: 'system',
    mode: 'change',
    removeHref: '#',
    changedMeanwhile: true,
    typed: { ...emptyEntry, id: 'csm', name: '', url: 'http://csm.example.gov.tw/' },
    errors: [
      { field: 'name', message: 'registry.catalogue.error.text', code: 'R04' },
      { field: 'url', message: 'registry.catalogue.error.url', code: 'R04' },
      { field: '', message: 'registry.catalogue.error.other', code: 'R04' },
    ],
  },
};

const question: EntryQuestionModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  kind: 'role',
  id: 'csm_user',
  name: 'Company registration, user',
  action: '/form',
  backHref: '#',
  seen: '',
  roles: [],
  systems: ['公司登記與管理資訊系統'],
  people: [],
  programs: [],
  entries: [],
  parties: [],
  isHeld: false,
};
const holders: Holders = {
  holders: '1,240',
  holdersHref: '#',
  people: [
    { href: '#', name: 'Lin Yi-chun', agency: 'Taoyuan City Government' },
    { href: '#', name: 'Chen Wei', agency: 'Taoyuan City Government', unit: ' Registration' },
  ],
  programs: [],
  entries: [{ href: '#', id: 'csm', name: '公司登記與管理資訊系統' }],
  parties: [],
};
const managed: Holders = { ...holders, programs: ['縣市人事系統'] };

export const entryQuestionStates: Record<string, EntryQuestionModel> = {
  'registry-role-ask': question,
  'registry-role-ask-held': { ...question, ...holders, isHeld: true },
  'registry-category-ask-held': { ...question, ...managed, kind: 'category', systems: [], isHeld: true },
  'registry-category-ask-roles-first': {
    ...question,
    kind: 'category',
    roles: ['csm_user', 'csm_user_nocert'],
    errors: [{ field: '', message: 'registry.changedMeanwhile', code: 'R03' }],
  },
  'registry-system-ask': { ...question, kind: 'system', systems: [] },
  'registry-system-ask-held': {
    ...question,
    kind: 'system',
    systems: [],
    parties: ['公司登記與管理資訊系統', 'https://api.csm.example.gov.tw/'],
    isHeld: true,
  },
};
