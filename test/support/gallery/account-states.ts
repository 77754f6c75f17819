/** Profile, own password and the operators' pages in every state, with sample text. */
import { profileFields } from '#accounts/profile-rules.ts';
import { parseDay } from '#domain/calendar.ts';
import { parseOid } from '#domain/oid.ts';
import { createNavigation, type PortalNavigation, type PortalPlace } from '#pages/portal-navigation.ts';
import { shownPasswordRules } from '#pages/shown-password-rules.ts';
import { fieldLooks } from '#portal/profile/field-looks.ts';
import type { ProfileModel } from '#portal/profile/profile-model.ts';
import type { OwnPasswordModel } from '#portal/password/own-password-model.ts';
import type { AuditEntryModel, AuditSearchModel, ShownEntry } from '#src/operators/audit/audit-model.ts';
import { knownActions } from '#src/operators/audit/known-actions.ts';
import type { HealthModel } from '#src/operators/health/health-model.ts';
import type { OutboxModel, OutboxQuestionModel, ShownMessage } from '#src/operators/outbox/outbox-model.ts';

export const navigationAt = (current: PortalPlace | undefined, officer = false): PortalNavigation =>
  createNavigation(
    { issue: () => 'sample-token' },
    { certificates: () => true, registry: () => officer, operators: () => officer },
  ).of({ account: { office: 'general', status: 'enabled' }, session: { uid: 'sample', level: 2 } }, current);

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('malformed sample value');
  return value;
}

const csrf = 'sample-token';
const agencyOid = known(parseOid('2.16.886.101.90027.20002'));
const time = new Date('2026-11-21T01:12:00Z');
const day = known(parseDay('2026-03-02'));

const values: Partial<Record<(typeof profileFields)[number], string>> = {
  title: 'Section officer',
  phone: '03-3322101',
  extension: '5021',
  postalCode: '330',
  address: 'No. 1, Xianfu Rd.',
};

const profile: ProfileModel = {
  navigation: navigationAt('profile'),
  csrf,
  revision: 4,
  changedMeanwhile: false,
  editable: true,
  locked: {
    name: '林怡君',
    nationalId: 'A12****789',
    agency: { oid: agencyOid, code: '387000000A', name: '桃園市政府經濟發展局' },
    unit: { oid: known(parseOid('2.16.886.101.90027.20002.20011')), name: '工商登記科' },
    jurisdictionOid: agencyOid,
    kind: 'general',
    status: 'enabled',
    openedOn: day,
    activatedAt: time,
    lastPasswordLogin: time,
    certificateCount: 0,
    categories: '',
  },
  roles: [
    { code: 'csm_user', name: '公司登記使用者' },
    { code: 'fms_user', name: '工廠登記使用者', until: '2026-12-31' },
  ],
  fields: profileFields.map((name) => ({
    ...fieldLooks[name],
    name,
    value: values[name] ?? '',
    differs: false,
  })),
  errors: [],
  email: { address: 'lin@example.test', confirmed: true, typed: '', errors: [], codeErrors: [] },
};

const pending = { address: 'lin.new@example.test', validUntil: new Date('2026-11-21T01:42:00Z'), here: true };

export const profileStates: Record<string, ProfileModel> = {
  profile,
  'profile-read-only': { ...profile, editable: false, notice: 'saved' },
  'profile-errors': {
    ...profile,
    errors: [
      { field: 'phone', message: 'profile.error.phone', code: 'F03' },
      { field: 'title', message: 'profile.error.tooLong', params: { maximum: 60 }, code: 'F02' },
    ],
  },
  'profile-changed-meanwhile': {
    ...profile,
    changedMeanwhile: true,
    fields: profile.fields.map((field) =>
      field.name === 'phone' ? { ...field, differs: true, stored: '03-3322199' } : field,
    ),
  },
  'profile-email-pending': { ...profile, notice: 'email-sent', email: { ...profile.email, pending } },
  'profile-email-code-wrong': {
    ...profile,
    email: {
      ...profile.email,
      pending,
      codeErrors: [{ field: 'code', message: 'profile.error.codeWrong', code: 'F05' }],
    },
  },
  'profile-email-elsewhere': {
    ...profile,
    email: { ...profile.email, confirmed: false, pending: { ...pending, here: false } },
  },
  'profile-email-refused': {
    ...profile,
    email: {
      ...profile.email,
      typed: 'lin@',
      errors: [{ field: 'email', message: 'profile.error.email', code: 'F04' }],
    },
  },
};

const password: OwnPasswordModel = {
  navigation: navigationAt('password'),
  csrf,
  closed: false,
  changedAt: time,
  until: new Date('2027-02-19T01:12:00Z'),
  days: 90,
  minimumDays: 1,
  rules: shownPasswordRules({ minLength: 12, requireSpecial: false }),
  otherSessions: 2,
  mayEndOthers: true,
  errors: [],
};

export const ownPasswordStates: Record<string, OwnPasswordModel> = {
  'own-password': password,
  'own-password-errors': {
    ...password,
    mayEndOthers: false,
    errors: [
      {
        field: 'current_password',
        message: 'password.error.currentWrong',
        params: { failures: 5 },
        code: 'P02',
      },
      { field: 'new_password', message: 'password.error.length', params: { minimum: 12 } },
    ],
  },
  'own-password-closed': { ...password, closed: true },
  'own-password-too-young': { ...password, changeableFrom: new Date('2026-11-22T01:12:00Z') },
  'own-password-done': { ...password, done: { sessionsEnded: 0, othersLeft: 2 } },
};

const operators = navigationAt('operators', true);

export const healthStates: Record<string, HealthModel> = {
  'operators-health': {
    navigation: operators,
    tab: 'health',
    parts: [
      { id: 'directory', up: true, milliseconds: 3 },
      { id: 'protocolStore', up: true, milliseconds: 1 },
      { id: 'records', up: false, milliseconds: 5000 },
    ],
    outbox: { waiting: 3, failed: 1 },
    chain: { sequence: 48_213, hash: '5f1c'.repeat(16) },
    checkpoint: { sequence: 48_000, time },
    version: '0.1.0',
    startedAt: time,
    days: 3,
    hours: 4,
    minutes: 5,
  },
};

const message: ShownMessage = {
  id: 'm1',
  kind: 'mail',
  state: 'failed',
  createdAt: time,
  expiresAt: new Date('2026-11-24T01:12:00Z'),
  dueAt: time,
  attempts: 6,
  error: 'ECONNREFUSED',
  recipientDomain: 'mail.example.test',
  retryHref: '/operators/outbox/m1/retry',
  dropHref: '/operators/outbox/m1/drop',
  expired: false,
};
const { error: _, recipientDomain: __, ...call } = message;

const outbox: OutboxModel = {
  navigation: operators,
  tab: 'outbox',
  state: 'failed',
  counts: { waiting: 0, failed: 2 },
  messages: [message, { ...call, id: 'm2', kind: 'back-channel-log-out', expired: true }],
  nextHref: '/operators/outbox?state=failed&after=m2',
  notice: 'retried',
};

export const outboxStates: Record<string, OutboxModel> = {
  'operators-outbox': outbox,
  'operators-outbox-empty': { ...outbox, state: 'waiting', messages: [], notice: 'gone' },
};

const question: OutboxQuestionModel = {
  navigation: operators,
  tab: 'outbox',
  csrf,
  deed: 'drop',
  message,
  reason: '',
  errors: [{ field: 'reason', message: 'operators.outbox.error.reason' }],
};

export const outboxQuestionStates: Record<string, OutboxQuestionModel> = {
  'operators-outbox-drop': question,
  'operators-outbox-retry': { ...question, deed: 'retry', errors: [] },
};

const entry: ShownEntry = {
  sequence: 48_213,
  href: '/operators/audit/48213',
  time,
  action: 'login.attempt',
  outcome: 'refused',
  reason: 'wrong-password',
  actor: 'anonymous',
  onAccount: 'a'.repeat(26),
  unitOid: '2.16.886.101.90027.20002.20011',
};
const none = { from: '', to: '', actor: '', person: '', unit: '', action: '', outcome: '' };
const search: AuditSearchModel = {
  navigation: operators,
  tab: 'audit',
  csrf,
  typed: { ...none, unit: agencyOid, outcome: 'refused' },
  errors: [],
  outcomes: ['done', 'refused', 'failed', 'intended', 'unknown'].map((id) => ({
    id,
    selected: id === 'refused',
  })),
  actions: knownActions,
  chips: [
    { name: 'unit', value: agencyOid, withoutHref: '/operators/audit?outcome=refused' },
    { name: 'outcome', value: 'refused', withoutHref: '/operators/audit' },
  ],
  count: '2,000+',
  entries: [
    entry,
    {
      ...entry,
      sequence: 48_212,
      outcome: 'done',
      action: 'profile.change',
      actor: `person:${'b'.repeat(26)}`,
    },
  ],
  nextHref: '/operators/audit?before=48212',
};

export const auditSearchStates: Record<string, AuditSearchModel> = {
  'operators-audit': search,
  'operators-audit-empty': { ...search, typed: none, chips: [], count: '0', entries: [] },
  'operators-audit-errors': {
    ...search,
    chips: [],
    entries: [],
    count: '0',
    typed: { ...none, unit: '1..2' },
    errors: [{ field: 'unit', message: 'operators.audit.error.unit' }],
  },
};

export const auditEntryStates: Record<string, AuditEntryModel> = {
  'operators-audit-entry': {
    navigation: operators,
    tab: 'audit',
    sequence: 48_212,
    time,
    action: 'profile.change',
    outcome: 'done',
    facts: [
      { name: 'actor', value: `person:${'b'.repeat(26)}`, person: '林怡君' },
      { name: 'onAccount', value: 'b'.repeat(26), person: '林怡君' },
      { name: 'unitOid', value: '2.16.886.101.90027.20002.20011' },
      { name: 'requestId', value: '7f3a91c2' },
    ],
    evidence: [{ name: 'revision', value: '5' }],
    personal: [
      { name: 'before.phone', value: '03-3322101' },
      { name: 'after.phone', value: '03-3322199' },
      { name: 'address' },
    ],
    hash: '5f1c'.repeat(16),
    backHref: '/operators/audit',
  },
};
