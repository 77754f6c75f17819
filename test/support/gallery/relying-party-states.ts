/** Relying parties in the registration service, in their states. */
import { withStored } from '#registry/seen-form.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptRelyingParty } from '#domain/relying-party-register.ts';
import { optionsOf } from '#registry/registry-parts.ts';
import { listedParty, partyFacts } from '#registry/relying-parties/party-view.ts';
import { emptyRegistration } from '#registry/relying-parties/registration-form.ts';
import type {
  PartyFormModel,
  PartyListModel,
  PartyModel,
  PartyQuestionModel,
} from '#registry/relying-parties/relying-parties-model.ts';
import { officerFrame } from './registry-states.ts';

const frame = officerFrame('relying-parties');
const csrf = 'sample-token';
const made = new Date('2026-11-02T06:20:00Z');

const systems = [
  ['csm', '公司登記與管理資訊系統'],
  ['bms', '商業登記資訊系統'],
  ['fms', '工廠登記與管理系統'],
  ['ims-company', '跨機關影像調閱系統（公司）'],
] as const;
const catalogue: Catalogue = {
  categories: [],
  systems: systems.map(([id, name]) => ({
    id,
    name,
    admitsCategories: [],
    admitsRoles: [],
    leastRequirement: 'second-factor',
  })),
};

export const relyingPartySampleTexts = systems.map(([, name]) => name);

const party: RelyingParty = {
  clientId: 'csm-production',
  name: '公司登記與管理資訊系統',
  nameEn: 'Company Registration and Management System',
  systems: ['csm', 'ims-company'],
  firstParty: true,
  scopes: ['openid', 'profile', 'organization', 'roles'],
  countsAsActivity: false,
  api: { scopes: ['accounts.read', 'roles.write'], scopeOid: '2.16.886.101', categories: ['csm'] },
  metadata: {
    redirect_uris: [
      'https://csm.example.gov.tw/login/callback',
      'https://csm-spare.example.gov.tw/login/callback',
    ],
    post_logout_redirect_uris: ['https://csm.example.gov.tw/'],
    backchannel_logout_uri: 'https://csm.example.gov.tw/login/backchannel-logout',
    token_endpoint_auth_method: 'client_secret_basic',
  },
};
const kept: KeptRelyingParty = {
  clientId: party.clientId,
  revision: 3,
  enabled: true,
  registration: {},
  secrets: [
    { hash: '', createdAt: new Date('2026-11-20T02:00:00Z') },
    { hash: '', createdAt: made, until: new Date('2026-11-27T02:00:00Z') },
  ],
  createdAt: made,
  changedAt: made,
};
const issuer = 'https://sso.example.gov.tw';
const facts = partyFacts({ party, kept }, catalogue, issuer);
const front: RelyingParty = {
  ...party,
  clientId: 'open-data-laboratory',
  name: 'Kaohsiung Open Data Laboratory for Business Registration Statistics',
  systems: ['bms'],
  firstParty: false,
  metadata: { ...party.metadata, token_endpoint_auth_method: 'none' },
};

export const partyListStates: Record<string, PartyListModel> = {
  'registry-parties': {
    ...frame,
    newHref: '#',
    parties: [
      listedParty({ party: { ...party, clientId: 'csm' } }),
      listedParty({ party, kept }),
      listedParty({ party: front, kept: { ...kept, enabled: false } }),
    ],
  },
  'registry-parties-none': { ...frame, newHref: '#', parties: [], notice: 'removed' },
};

export const partyStates: Record<string, PartyModel> = {
  'registry-party': { ...frame, ...facts, notice: 'changed' },
  'registry-party-secret': {
    ...frame,
    ...facts,
    notice: 'secret',
    secret: 'LdXVB8yV6xQbjA7FC7mMpjNZCECGMLO-bhi4Sm8-OrB_STLESByrV3Tr9rsLn98Q',
  },
  'registry-party-disabled': {
    ...frame,
    ...partyFacts({ party: front, kept: { ...kept, enabled: false, secrets: [] } }, catalogue, issuer),
    leastRequirement: 'certificate',
  },
  'registry-party-configured': { ...frame, ...partyFacts({ party }, catalogue, issuer) },
};

const form: PartyFormModel = {
  ...frame,
  csrf,
  errors: [],
  action: '/form',
  checkAction: '/form',
  backHref: '#',
  mode: 'add',
  typedClientId: '',
  revision: 0,
  shown: '{}',
  changedMeanwhile: false,
  typed: emptyRegistration,
  systems: systems.map(([value, text]) => ({ value, text, note: value, chosen: value === 'csm' })),
  scopes: optionsOf(
    ['openid', 'profile', 'email', 'phone', 'organization', 'roles', 'offline_access'],
    emptyRegistration.scopes,
  ),
  methods: optionsOf(
    ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    ['client_secret_basic'],
  ),
  kinds: optionsOf(['web', 'native'], ['web']),
  requirements: optionsOf(['', 'certificate'], ['']),
  algorithms: optionsOf(['', 'RS256', 'ES256', 'PS256', 'EdDSA'], ['']),
  apiScopes: optionsOf(
    ['accounts.read', 'accounts.write', 'accounts.export', 'accounts.remove', 'roles.write'],
    [],
  ),
  apiCategories: [{ value: 'csm', text: '公司登記', note: 'csm', chosen: false }],
};

export const partyFormStates: Record<string, PartyFormModel> = {
  'registry-party-new': form,
  'registry-party-errors': {
    ...form,
    typedClientId: 'csm',
    typed: { ...emptyRegistration, name: 'New', redirect_uris: 'http://csm.example.gov.tw/cb' },
    systems: form.systems.map((system) => ({ ...system, chosen: false })),
    errors: [
      { field: 'client_id', message: 'registry.parties.error.client_id', code: 'R01' },
      { field: 'systems', message: 'registry.parties.error.systems', code: 'R01' },
      { field: 'redirect_uris', message: 'registry.parties.error.redirect_uris', code: 'R01' },
      {
        field: '',
        message: 'registry.parties.error.other',
        params: { key: 'registration', expected: 'redirect_uris must only contain web uris' },
        code: 'R02',
      },
    ],
  },
  'registry-party-changed-meanwhile': {
    ...form,
    mode: 'change',
    clientId: 'csm-production',
    revision: 4,
    changedMeanwhile: true,
    differences: {
      name: { kind: 'conflict', stored: '公司登記與管理資訊系統' },
      nameEn: { kind: 'conflict', stored: '' },
      redirect_uris: { kind: 'theirs', stored: 'https://csm.example.gov.tw/login' },
      scopes: { kind: 'conflict', stored: 'openid\norganization\nroles' },
      application_type: { kind: 'conflict', stored: 'native' },
      pairwise: { kind: 'theirs', stored: 'yes' },
    },
    scopes: withStored(form.scopes, { kind: 'conflict', stored: 'openid\norganization\nroles' }),
    kinds: withStored(form.kinds, { kind: 'conflict', stored: 'native' }),
    typed: {
      ...emptyRegistration,
      name: 'Company Registration',
      nameEn: 'Company Registration',
      redirect_uris: 'https://csm.example.gov.tw/login',
      pairwise: 'yes',
    },
  },
};

const question: PartyQuestionModel = {
  ...frame,
  csrf,
  errors: [],
  deed: 'disable',
  clientId: party.clientId,
  name: 'Company Registration and Management System',
  action: '/form',
  backHref: '#',
  revision: 3,
  openSessions: '42',
  days: optionsOf(['0', '7', '30'], ['7']),
};

export const partyQuestionStates: Record<string, PartyQuestionModel> = {
  'registry-party-ask-disable': question,
  'registry-party-ask-enable': { ...question, deed: 'enable', openSessions: '0' },
  'registry-party-ask-secret': { ...question, deed: 'secret', openSessions: '200+' },
  'registry-party-ask-remove': {
    ...question,
    deed: 'remove',
    errors: [{ field: '', message: 'registry.changedMeanwhile', code: 'R03' }],
  },
};
