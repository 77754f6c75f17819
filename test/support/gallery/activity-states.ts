/** The person's own log, reports and open sessions in every state, with sample text. */
import { trailKinds } from '#pages/trail-words.ts';
import type { ActivityModel, ShownActivity } from '#portal/activity/activity-model.ts';
import type { ReportedModel, ReportModel } from '#portal/activity/report-model.ts';
import type { SessionsModel, ShownSession } from '#portal/own-sessions/sessions-model.ts';
import { navigationAt } from './account-states.ts';

const login: ShownActivity = {
  time: new Date('2026-11-26T00:58:00Z'),
  action: 'trail.action.login.attempt',
  outcome: 'done',
  facts: [
    { label: 'trail.fact.system', text: '公司登記與管理資訊系統' },
    { label: 'trail.fact.method', text: '自然人憑證' },
    { label: 'trail.fact.strength', text: '3（憑證）' },
  ],
  address: { value: '192.0.2.17', isCut: false },
  reportHref: '#',
  isReported: false,
};
const { reportHref: _, ...unreportable } = login;
const wrongCode: ShownActivity = {
  ...login,
  time: new Date('2026-11-25T17:31:00Z'),
  outcome: 'refused',
  reason: 'trail.reason.wrong-code',
  facts: [
    { label: 'trail.fact.system', text: '我的首頁' },
    { label: 'trail.fact.method', text: '密碼加檢查碼' },
  ],
  address: { value: '2001:db8:41c9:7702:9a1f:63ff:fe20:44d1', isCut: false },
};
const entries: readonly ShownActivity[] = [
  login,
  wrongCode,
  {
    ...unreportable,
    time: new Date('2026-11-25T17:29:00Z'),
    action: 'trail.action.login-code.send',
    facts: [{ label: 'trail.fact.system', text: '我的首頁' }],
    isReported: true,
  },
  {
    time: new Date('2026-11-25T02:12:00Z'),
    action: 'trail.action.one-day-password.enable',
    outcome: 'done',
    facts: [
      { label: 'trail.fact.by', text: '陳建宏（註冊管理者）' },
      { label: 'trail.fact.day', text: '2026-11-25' },
      { label: 'trail.fact.form', text: '商一字第 1150012345 號' },
      { label: 'trail.fact.why', text: '憑證遺失，等待補發' },
    ],
    isReported: false,
  },
  {
    time: new Date('2026-11-20T06:40:00Z'),
    action: 'trail.action.account.set-roles',
    outcome: 'done',
    facts: [
      { label: 'trail.fact.by', text: '陳建宏（註冊管理者）' },
      { label: 'trail.fact.roles', text: 'csm_user → csm_user fms_user;until=2027-06-30' },
    ],
    isReported: false,
  },
  {
    ...login,
    time: new Date('2025-08-02T01:00:00Z'),
    action: 'trail.action.profile.change',
    facts: [{ label: 'trail.fact.fields', text: '電話、分機' }],
    address: { isCut: true },
  },
];

const activity: ActivityModel = {
  navigation: navigationAt('activity'),
  tab: 'activity',
  kinds: (['all', ...trailKinds] as const).map((id) => ({ id, href: '#', current: id === 'all' })),
  entries,
  narrowed: false,
  isFirst: true,
  newestHref: '#',
  olderHref: '#',
};
/** Texts of facts, which come from the trail or are said in the language of a reader. */
export const sampleFactTexts: readonly string[] = entries
  .flatMap(({ facts }) => facts.map(({ text }) => text))
  .concat('公司登記與管理資訊系統', '工廠管理資訊系統');

const { olderHref: __, ...lastPage } = activity;

export const activityStates: Record<string, ActivityModel> = {
  activity,
  'activity-older': { ...lastPage, entries: entries.slice(3), isFirst: false },
  'activity-none': { ...lastPage, entries: [] },
  'activity-none-of-kind': {
    ...lastPage,
    entries: [],
    narrowed: true,
    kinds: activity.kinds.map((kind) => ({ ...kind, current: kind.id === 'managers' })),
  },
  'activity-none-older': { ...lastPage, entries: [], isFirst: false },
};

const report: ReportModel = {
  navigation: navigationAt('activity'),
  entry: login,
  otherSessions: 2,
  closesPassword: false,
  withdrawsOneDayPassword: false,
  action: '/form',
  csrf: 'sample-token',
  entryId: 'Vb0q1PzJ3mX2h9kTt7w8yA',
  backHref: '#',
};

export const reportStates: Record<string, ReportModel> = {
  'activity-report': report,
  'activity-report-password': {
    ...report,
    entry: wrongCode,
    closesPassword: true,
    withdrawsOneDayPassword: true,
  },
  'activity-report-too-many': { ...report, refusal: 'activity.report.tooMany' },
  'activity-report-changed-meanwhile': { ...report, refusal: 'activity.report.changedMeanwhile' },
};

const reported: ReportedModel = {
  navigation: navigationAt('activity'),
  done: { sessionsEnded: 2 },
  closesPassword: false,
  certificatesHref: '#',
  backHref: '#',
};
const { done: ___, ...before } = reported;

export const reportedStates: Record<string, ReportedModel> = {
  'activity-reported': reported,
  'activity-reported-password': { ...reported, closesPassword: true },
  'activity-reported-before': before,
};

const here: ShownSession = {
  handle: 'VmFzdCBhbmQgd2lkZSBvbmU',
  startedAt: new Date('2026-11-26T00:58:00Z'),
  endsAt: new Date('2026-11-26T01:42:00Z'),
  lastActivityAt: new Date('2026-11-26T01:12:00Z'),
  level: 3,
  systems: ['公司登記與管理資訊系統', '工廠管理資訊系統'],
  isCurrent: true,
};
const { lastActivityAt: ____, ...late } = here;
const sessions: SessionsModel = {
  navigation: navigationAt('activity'),
  tab: 'sessions',
  csrf: 'sample-token',
  sessions: [
    here,
    { ...late, startedAt: new Date('2026-11-25T23:10:00Z'), level: 2, systems: [], isCurrent: false },
  ],
  others: 1,
};

export const sessionsStates: Record<string, SessionsModel> = {
  sessions,
  'sessions-one': { ...sessions, sessions: [here], others: 0 },
  'sessions-ended': { ...sessions, sessions: [here], others: 0, notice: 'ended' },
  'sessions-others-ended': { ...sessions, sessions: [here], others: 0, notice: 'others-ended' },
};
