/** One account in the registration service, and what is done to it, in every state, with sample text. */
import { accountFieldGroups, noTexts } from '#registry/account-form/account-form.ts';
import { accountDeeds, deedLooks } from '#registry/account/account-deeds.ts';
import type {
  AccountHead,
  AccountModel,
  ChangeModel,
  HistoryLine,
  HistoryModel,
  OfficeModel,
  QuestionModel,
  RemovalModel,
  RemovedModel,
  RolesModel,
} from '#registry/account/account-model.ts';
import { trailWords } from '#pages/trail-words.ts';
import { optionsOf } from '#registry/registry-parts.ts';
import { noWarrant } from '#registry/warrant-form.ts';
import { sampleCatalogue, sampleGroups, sampleOid } from './managed-account-states.ts';
import { managerFrame, officerFrame } from './registry-states.ts';

const csrf = 'sample-token';
const time = new Date('2026-11-21T01:12:00Z');
const agency = '桃園市政府經濟發展局';

const head: AccountHead = {
  href: '/registry/accounts/sample',
  name: '王小明',
  maskedNationalId: 'A123******',
  agency,
  unit: '工商發展科',
  status: 'enabled',
  office: 'general',
};

const certificate = {
  fingerprint: 'f'.repeat(64),
  medium: 'card',
  subjectName: '王小明',
  issuerName: 'MOICA-G3',
  serial: '7f3a91c2',
  notBefore: '2024-03-02',
  notAfter: '2029-03-02',
  registeredAt: time,
  lastUsedAt: time,
} as const;

const deedsOf = (ids: readonly (typeof accountDeeds)[number][]) =>
  ids.map((id) => ({ id, href: `/x/${id}`, grave: deedLooks[id].grave }));

const account: AccountModel = {
  ...managerFrame('accounts'),
  head,
  deeds: deedsOf(['one-day-password', 'reset-password', 'disable', 'close', 'remove-certificates', 'remove']),
  changeHref: '/x',
  rolesHref: '/x',
  historyHref: '/x',
  agency: { oid: sampleOid, code: '387000000A', name: agency },
  unit: { oid: sampleOid, name: '工商發展科' },
  jurisdictionOid: sampleOid,
  heldCategories: '',
  openedOn: '2026-03-02',
  activatedAt: time,
  email: { address: 'wang@example.gov.tw', confirmed: true },
  contact: [
    { label: 'profile.field.title', value: 'Officer' },
    { label: 'profile.field.phone', value: '03-3322101' },
  ],
  roles: [
    { code: 'csm_user', name: '公司登記承辦', ended: false },
    { code: 'bms_user', name: '商業登記承辦', until: '2026-12-31', ended: false },
    { code: 'gms_user', name: '級別證承辦', until: '2026-06-30', ended: true },
  ],
  certificates: [certificate],
  formerCertificates: 1,
  lastPasswordLogin: time,
  lastCertificateLogin: time,
};

const { changeHref: _change, rolesHref: _roles, ...unchangeable } = account;

export const accountStates: Record<string, AccountModel> = {
  account,
  'account-one-day': {
    ...account,
    notice: 'one-day-password',
    oneDay: { at: time, by: '林怡君' },
    deeds: deedsOf(['withdraw-one-day-password', 'reset-password', 'disable']),
  },
  'account-read-only': { ...unchangeable, deeds: [], why: 'registry.why.manager-not-below' },
  'account-not-opened': {
    ...account,
    head: { ...head, status: 'not-opened', office: 'manager' },
    heldCategories: 'csm bms',
    officeHref: '/x',
    openingDay: '2026-11-21',
    roles: [],
    certificates: [],
    formerCertificates: 0,
  },
};

const question = (deed: (typeof accountDeeds)[number]): QuestionModel => ({
  ...managerFrame('accounts'),
  csrf,
  errors: [],
  head,
  deed,
  grave: deedLooks[deed].grave,
  action: '/x',
  revision: 3,
  warrant: noWarrant,
  meanwhile: false,
  certificates: [{ value: certificate.fingerprint, text: 'MOICA-G3 2029-03-02', chosen: true }],
  roles: 'csm_user bms_user;until=2026-12-31',
  email: 'wang@example.gov.tw',
});

export const questionStates: Record<string, QuestionModel> = {
  ...Object.fromEntries(accountDeeds.map((deed) => [`account-ask-${deed}`, question(deed)])),
  'account-ask-refused': {
    ...question('one-day-password'),
    errors: [{ field: '', message: 'registry.why.own-account', code: 'own-account' }],
  },
  'account-ask-meanwhile': {
    ...question('disable'),
    meanwhile: true,
    errors: [{ field: 'reason', message: 'registry.warrant.error.reason.missing', code: 'R01' }],
  },
};

const groups = accountFieldGroups({
  ...noTexts,
  name: 'Wang',
  email: 'wang@example.gov.tw',
  title: 'Section chief',
});

const change: ChangeModel = {
  ...managerFrame('accounts'),
  csrf,
  errors: [],
  head,
  action: '/x',
  revision: 3,
  seen: '{}',
  meanwhile: false,
  choosesAgency: false,
  agencyText: '',
  unitText: `${sampleOid}.20011`,
  ...groups,
  warrant: noWarrant,
};

export const changeStates: Record<string, ChangeModel> = {
  'account-change': change,
  'account-change-meanwhile': {
    ...change,
    meanwhile: true,
    unitMeanwhile: { kind: 'conflict', stored: `${sampleOid}.20012` },
    person: groups.person.map((field) =>
      field.name === 'title' ? { ...field, meanwhile: { kind: 'conflict', stored: 'Director' } } : field,
    ),
    contact: groups.contact.map((field) =>
      field.name === 'email' ? { ...field, meanwhile: { kind: 'theirs', stored: field.value } } : field,
    ),
  },
  'account-change-officer': {
    ...change,
    ...officerFrame('accounts'),
    choosesAgency: true,
    agencyText: sampleOid,
    duplicate: { href: '/x', name: '陳大同' },
  },
};

const roles: RolesModel = {
  ...managerFrame('accounts'),
  csrf,
  errors: [],
  head,
  action: '/x',
  revision: 3,
  groups: sampleGroups,
  unknownRoles: '',
  dropsUnknown: false,
  meanwhile: false,
  theirs: '',
  warrant: noWarrant,
};

export const rolesStates: Record<string, RolesModel> = {
  'account-roles': roles,
  'account-roles-meanwhile': {
    ...roles,
    meanwhile: true,
    theirs: 'csm_user',
    unknownRoles: 'old_role',
    errors: [{ field: 'until-bms_user', message: 'registry.field.error.until.format', code: 'R05' }],
  },
  'account-roles-none': { ...roles, groups: [] },
};

const office: OfficeModel = {
  ...officerFrame('managers'),
  csrf,
  errors: [],
  head,
  action: '/x',
  revision: 3,
  offices: optionsOf(['general', 'manager', 'programme-officer'], ['manager']),
  jurisdictionText: sampleOid,
  categoryOptions: sampleCatalogue.categories.map(({ id, name }) => ({
    value: id,
    text: name,
    note: id,
    chosen: id !== 'gms',
  })),
  warrant: noWarrant,
};

export const officeStates: Record<string, OfficeModel> = {
  'account-office': office,
  'account-office-meanwhile': { ...office, theirs: { office: 'manager', held: `${sampleOid} bms csm` } },
};

const removal: RemovalModel = {
  ...managerFrame('accounts'),
  csrf,
  errors: [{ field: 'confirmation', message: 'registry.removal.error.confirmation', code: 'R06' }],
  accounts: [
    { ...head, target: 'a.1', roles: 'csm_user', certificates: 1 },
    { ...head, name: '陳大同', status: 'disabled', target: 'b.1', roles: '', certificates: 0 },
  ],
  left: 1,
  phrase: 'delete 2',
  confirmation: '',
  warrant: noWarrant,
};

const { phrase: _phrase, ...single } = removal;

export const removalStates: Record<string, RemovalModel> = {
  'accounts-removal': removal,
  'accounts-removal-one': { ...single, errors: [], left: 0, accounts: removal.accounts.slice(0, 1) },
};

export const removedStates: Record<string, RemovedModel> = {
  'accounts-removed': {
    ...managerFrame('accounts'),
    removed: ['王小明'],
    kept: [{ name: '陳大同', href: '/x', why: 'registry.removal.changed' }],
  },
  'accounts-removed-all': { ...managerFrame('accounts'), removed: ['王小明', '陳大同'], kept: [] },
};

function line(action: string, outcome: string, by: string, evidence: Record<string, string>): HistoryLine {
  const entry = { sequence: 1, id: 'x', time, action, outcome, actor: 'person:x', evidence };
  const reason = outcome === 'refused' ? { reason: 'wrong-password' } : { form: 'D-06-09-1150312-004' };
  const words = trailWords({ ...entry, ...reason });
  if (!words) throw new Error(`${action} has no words`);
  return { ...words, time, by };
}

export const historyStates: Record<string, HistoryModel> = {
  'account-history': {
    ...managerFrame('accounts'),
    head,
    lines: [
      line('account.set-roles', 'done', '林怡君', {
        'before.roles': 'csm_user',
        'after.roles': 'csm_user bms_user;until=2026-12-31',
        reason: 'New duties',
      }),
      line('account.modify', 'done', '林怡君', { fields: 'phone title', reason: 'Moved' }),
      line('login.attempt', 'refused', '王小明', { method: 'one-day-password' }),
      line('account.set-status', 'intended', '林怡君', { 'after.status': 'disabled' }),
    ],
    olderHref: '/x',
  },
  'account-history-empty': { ...managerFrame('accounts'), head, lines: [] },
};
