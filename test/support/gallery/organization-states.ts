/** Organisations in the registration service, in their states. */
import type {
  OrganizationFormModel,
  OrganizationListModel,
} from '#registry/organizations/organizations-model.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('organizations');
const one = (oid: string, name: string, code?: string) => ({
  oid,
  name,
  ...(code !== undefined && { code }),
  href: '#',
  belowHref: '#',
});

export const organizationSampleTexts = ['雲峰縣政府建設處', '雲峰縣青楓鎮公所', '雲峰縣政府'];

const list: OrganizationListModel = {
  ...frame,
  text: '',
  under: '2.16.886.101.90027',
  underName: '雲峰縣政府',
  aboveHref: '#',
  organizations: [
    one('2.16.886.101.90027.20002', '雲峰縣政府建設處'),
    one('2.16.886.101.90027.20005', '雲峰縣青楓鎮公所', '399910000A'),
  ],
  more: false,
  newHref: '#',
};
const { underName: _, aboveHref: __, ...plain } = list;

export const organizationListStates: Record<string, OrganizationListModel> = {
  'registry-organizations': { ...list, notice: 'added' },
  'registry-organizations-found': { ...plain, text: 'Yunfeng', more: true },
  'registry-organizations-none': { ...plain, text: 'xyz', organizations: [] },
};

const form: OrganizationFormModel = {
  ...frame,
  csrf: 'sample-token',
  errors: [],
  mode: 'add',
  action: '/form',
  backHref: '#',
  changedMeanwhile: false,
  typed: { oid: '2.16.886.101.90027.', name: '', code: '' },
  seen: { name: '', code: '' },
};

export const organizationFormStates: Record<string, OrganizationFormModel> = {
  'registry-organization-new': {
    ...form,
    errors: [
      { field: 'oid', message: 'registry.organizations.error.oid', code: 'R05' },
      { field: 'name', message: 'registry.organizations.error.name', code: 'R05' },
    ],
  },
  'registry-organization-change': {
    ...form,
    mode: 'change',
    changedMeanwhile: true,
    typed: { oid: '2.16.886.101.90027', name: 'Yunfeng County', code: '399900000A' },
    seen: { name: 'Yunfeng County Government', code: '' },
    differences: {
      name: { kind: 'conflict', stored: '雲峰縣政府' },
      agencyCode: { kind: 'theirs', stored: '399900000A' },
    },
  },
};
