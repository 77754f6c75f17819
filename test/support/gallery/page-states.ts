/** Every page of the first release in every state, with sample text: what the gallery shows and the tests check. */
import { errorStatus } from '#domain/errors.ts';
import type { ErrorModel } from '#pages/error-model.ts';
import { parseTextBlocks } from '#pages/text-blocks.ts';
import type { ViewContext, Views } from '#pages/views.ts';
import type { RefusedModel } from '#interactions/admission/refused-model.ts';
import type { RulesOfUseModel } from '#interactions/activation/rules-of-use-model.ts';
import type { ChangePasswordModel } from '#interactions/change-password/change-password-model.ts';
import type { ConsentModel } from '#interactions/consent/consent-model.ts';
import type { CertificateModel } from '#interactions/certificate/certificate-model.ts';
import type { LoginFormModel } from '#interactions/one-day-password/login-form-model.ts';
import type { ConsentsModel, WithdrawConsentModel } from '#portal/consents/consents-model.ts';
import type { HomeModel, SystemTile } from '#portal/home/home-model.ts';
import type { LoggedOutModel } from '#provider/pages/logged-out-model.ts';
import type { LogOutModel } from '#provider/pages/log-out-model.ts';

import {
  auditEntryStates,
  auditSearchStates,
  healthStates,
  navigationAt,
  outboxQuestionStates,
  outboxStates,
  ownPasswordStates,
  profileStates,
} from './account-states.ts';

import { cardVerdictAdvice, cardVerdictError } from '#pages/card-verdicts.ts';
import { toldTlsRefusal } from '#interactions/certificate-tls/certificate-tls-refusals.ts';
import type { CertificateTlsModel } from '#interactions/certificate-tls/certificate-tls-model.ts';
import { sampleCardForm } from './sample-card-form.ts';
import { certificatesStates, refreshQuestionStates } from './certificate-states.ts';
import {
  ownCertificatesStates,
  registerCertificateStates,
  removeCertificateStates,
} from './own-certificate-states.ts';
import { activityStates, reportedStates, reportStates, sessionsStates } from './activity-states.ts';
import { deviceConfirmationStates, deviceOutcomeStates, userCodeStates } from './device-states.ts';
import { catalogueStates, entryFormStates, entryQuestionStates } from './catalogue-states.ts';
import { importJobStates, importUploadStates } from './import-states.ts';
import { downloadFormStates, downloadListStates, downloadQuestionStates } from './download-states.ts';
import { noticeFormStates, noticeListStates, noticeQuestionStates } from './notice-states.ts';
import { organizationFormStates, organizationListStates } from './organization-states.ts';
import {
  accountSearchStates,
  managerListStates,
  openedStates,
  openStates,
} from './managed-account-states.ts';
import {
  accountStates,
  changeStates,
  historyStates,
  officeStates,
  questionStates,
  removalStates,
  removedStates,
  rolesStates,
} from './one-account-states.ts';
import { batchJobStates, batchListStates, batchQuestionStates, batchUploadStates } from './batch-states.ts';
import { registryHomeStates } from './registry-states.ts';
import {
  partyFormStates,
  partyListStates,
  partyQuestionStates,
  partyStates,
} from './relying-party-states.ts';
import { information, managersStates, noInformation, rulesText, textStates } from './information-states.ts';

export interface PageState {
  readonly name: string;
  render(view: ViewContext): string;
}

const root = new URL('../../../', import.meta.url);

export function pageStates(views: Views): PageState[] {
  const statesOf = <Model extends object>(template: string, models: Readonly<Record<string, Model>>) => {
    const page = views.page<Model>(new URL(template, root));
    return Object.entries(models).map(([name, model]) => ({
      name,
      render: (view: ViewContext) => page(view, model),
    }));
  };
  return [
    ...statesOf('interactions/one-day-password/login-form.hbs', loginStates),
    ...statesOf('interactions/certificate/certificate.hbs', certificateStates),
    ...statesOf('interactions/certificate-tls/certificate-tls.hbs', certificateTlsStates),
    ...statesOf('interactions/activation/rules-of-use.hbs', rulesStates),
    ...statesOf('interactions/change-password/change-password.hbs', passwordStates),
    ...statesOf('interactions/admission/refused.hbs', refusedStates),
    ...statesOf('interactions/consent/consent.hbs', consentStates),
    ...statesOf('src/portal/home/home.hbs', homeStates),
    ...statesOf('src/portal/certificates/certificates.hbs', ownCertificatesStates),
    ...statesOf('src/portal/certificates/remove-certificate.hbs', removeCertificateStates),
    ...statesOf('src/portal/certificates/register-certificate.hbs', registerCertificateStates),
    ...statesOf('src/portal/activity/activity.hbs', activityStates),
    ...statesOf('src/portal/activity/report.hbs', reportStates),
    ...statesOf('src/portal/activity/reported.hbs', reportedStates),
    ...statesOf('src/portal/own-sessions/sessions.hbs', sessionsStates),
    ...statesOf('src/portal/consents/consents.hbs', consentsStates),
    ...statesOf('src/portal/consents/withdraw-consent.hbs', withdrawConsentStates),
    ...statesOf('src/portal/profile/profile.hbs', profileStates),
    ...statesOf('src/portal/password/own-password.hbs', ownPasswordStates),
    ...statesOf('src/operators/health/health.hbs', healthStates),
    ...statesOf('src/operators/outbox/outbox.hbs', outboxStates),
    ...statesOf('src/operators/outbox/question.hbs', outboxQuestionStates),
    ...statesOf('src/operators/certificates/certificates.hbs', certificatesStates),
    ...statesOf('src/operators/certificates/refresh.hbs', refreshQuestionStates),
    ...statesOf('src/operators/audit/search.hbs', auditSearchStates),
    ...statesOf('src/operators/audit/entry.hbs', auditEntryStates),
    ...statesOf('src/registry/home/home.hbs', registryHomeStates),
    ...statesOf('src/registry/catalogue/catalogue.hbs', catalogueStates),
    ...statesOf('src/registry/catalogue/entry.hbs', entryFormStates),
    ...statesOf('src/registry/catalogue/question.hbs', entryQuestionStates),
    ...statesOf('src/registry/organizations/list.hbs', organizationListStates),
    ...statesOf('src/registry/organizations/organization.hbs', organizationFormStates),
    ...statesOf('src/registry/search/search.hbs', accountSearchStates),
    ...statesOf('src/registry/open/open.hbs', openStates),
    ...statesOf('src/registry/open/opened.hbs', openedStates),
    ...statesOf('src/registry/account/account.hbs', accountStates),
    ...statesOf('src/registry/account/question.hbs', questionStates),
    ...statesOf('src/registry/account/change.hbs', changeStates),
    ...statesOf('src/registry/account/roles.hbs', rolesStates),
    ...statesOf('src/registry/account/office.hbs', officeStates),
    ...statesOf('src/registry/account/removal.hbs', removalStates),
    ...statesOf('src/registry/account/removed.hbs', removedStates),
    ...statesOf('src/registry/account/history.hbs', historyStates),
    ...statesOf('src/registry/managers/managers.hbs', managerListStates),
    ...statesOf('src/registry/organizations/import/upload.hbs', importUploadStates),
    ...statesOf('src/registry/organizations/import/job.hbs', importJobStates),
    ...statesOf('src/registry/downloads/list.hbs', downloadListStates),
    ...statesOf('src/registry/downloads/download.hbs', downloadFormStates),
    ...statesOf('src/registry/downloads/question.hbs', downloadQuestionStates),
    ...statesOf('src/registry/notices/list.hbs', noticeListStates),
    ...statesOf('src/registry/notices/notice.hbs', noticeFormStates),
    ...statesOf('src/registry/notices/question.hbs', noticeQuestionStates),
    ...statesOf('src/registry/batch/list.hbs', batchListStates),
    ...statesOf('src/registry/batch/upload.hbs', batchUploadStates),
    ...statesOf('src/registry/batch/job.hbs', batchJobStates),
    ...statesOf('src/registry/batch/question.hbs', batchQuestionStates),
    ...statesOf('src/registry/relying-parties/list.hbs', partyListStates),
    ...statesOf('src/registry/relying-parties/party.hbs', partyStates),
    ...statesOf('src/registry/relying-parties/registration.hbs', partyFormStates),
    ...statesOf('src/registry/relying-parties/question.hbs', partyQuestionStates),
    ...statesOf('src/portal/information/text-page.hbs', textStates),
    ...statesOf('src/portal/managers/managers.hbs', managersStates),
    ...statesOf('src/provider/pages/user-code.hbs', userCodeStates),
    ...statesOf('src/provider/pages/device-confirmation.hbs', deviceConfirmationStates),
    ...statesOf('src/provider/pages/device-outcome.hbs', deviceOutcomeStates),
    ...statesOf('src/provider/pages/log-out.hbs', logOutStates),
    ...statesOf('src/provider/pages/logged-out.hbs', loggedOutStates),
    ...statesOf('src/pages/error.hbs', errorStates),
  ];
}

const form = { action: '/form', csrf: 'sample-token' };
const csm = { name: '公司登記與管理資訊系統', owner: '經濟部商業發展署' };

const login: LoginFormModel = {
  ...form,
  doors: [{ id: 'one-day-password', href: '#', current: true }],
  entering: csm,
  account: '',
  errors: [],
  resendSeconds: 0,
  directoryDown: false,
  captcha: { kind: 'proof-of-work', href: '/captcha/challenge' },
  information: noInformation,
  cancelAction: '/cancel',
};

const { entering: _, cancelAction: __, ...loginToHub } = login;
const twoDoors = [
  { id: 'certificate', href: '#', current: false },
  { id: 'one-day-password', href: '#', current: true },
] as const;

const loginStates: Record<string, LoginFormModel> = {
  login: login,
  'login-to-hub': loginToHub,
  'login-announcements': { ...login, information },
  'login-image-captcha': {
    ...login,
    captcha: { kind: 'image', pictureHref: '/captcha/picture.png', soundHref: '/captcha/sound.wav' },
  },
  'login-image-captcha-wrong': {
    ...login,
    account: 'A123456789',
    captcha: { kind: 'image', pictureHref: '/captcha/picture.png', soundHref: '/captcha/sound.wav' },
    errors: [{ field: 'captcha', message: 'login.error.captchaImage', code: 'L01' }],
  },
  'login-doors': { ...login, doors: twoDoors },
  'login-activated': { ...login, notice: 'activated' },
  'login-code-on-its-way': { ...login, account: 'A123456789', notice: 'code-on-its-way', resendSeconds: 60 },
  'login-signed-out': { ...loginToHub, notice: 'signed-out' },
  'login-expired': { ...login, notice: 'expired' },
  'login-fields-missing': {
    ...login,
    errors: [
      { field: 'account', message: 'login.error.account' },
      { field: 'password', message: 'login.error.password' },
      { field: 'altcha', message: 'login.error.captchaAgain' },
      { field: 'code', message: 'login.error.code' },
    ],
  },
  'login-refused': {
    ...login,
    account: 'A123456789',
    errors: [{ field: '', message: 'login.error.refused', code: 'L02' }],
  },
  'login-disabled': {
    ...login,
    account: 'A123456789',
    errors: [{ field: '', message: 'login.error.disabled', code: 'L03' }],
  },
  'login-opening-expired': {
    ...login,
    account: 'A123456789',
    errors: [{ field: '', message: 'login.error.openingExpired', code: 'L04' }],
  },
  'login-not-enabled-today': {
    ...login,
    account: 'A123456789',
    errors: [{ field: '', message: 'login.error.notEnabledToday', code: 'L05' }],
  },
  'login-directory-down': { ...login, directoryDown: true },
};

const certificate: CertificateModel = {
  card: sampleCardForm('login'),
  doors: twoDoors.map((door) => ({ ...door, current: door.id === 'certificate' })),
  entering: csm,
  errors: [],
  information: noInformation,
  directoryDown: false,
  cancelAction: '/cancel',
};

const certificateStates: Record<string, CertificateModel> = {
  certificate,
  'certificate-step-up': {
    ...certificate,
    doors: certificate.doors.slice(0, 1),
    stepUp: { personName: '林怡君', hasCertificate: true },
  },
  'certificate-none-registered': {
    ...certificate,
    doors: certificate.doors.slice(0, 1),
    stepUp: { personName: '林怡君', hasCertificate: false },
  },
  'certificate-directory-down': { ...certificate, directoryDown: true },
  'certificate-disabled': {
    ...certificate,
    errors: [{ field: '', message: 'login.certificate.error.disabled', code: 'L03' }],
  },
  ...Object.fromEntries(
    (['no-challenge', 'revocation-unknown', 'not-bound'] as const).map((verdict) => [
      `certificate-${verdict}`,
      { ...certificate, errors: [cardVerdictError(verdict)], advice: cardVerdictAdvice(verdict) },
    ]),
  ),
};

const certificateTls: CertificateTlsModel = {
  ...form,
  host: 'card.sso.example.gov.tw',
  doors: [
    { id: 'certificate-tls', href: '#', current: true },
    { id: 'certificate', href: '#', current: false },
    { id: 'one-day-password', href: '#', current: false },
  ],
  entering: csm,
  errors: [],
  information: noInformation,
  directoryDown: false,
  cancelAction: '/cancel',
};

const certificateTlsStates: Record<string, CertificateTlsModel> = {
  'certificate-tls': certificateTls,
  'certificate-tls-step-up': {
    ...certificateTls,
    doors: certificateTls.doors.slice(0, 2),
    stepUp: { personName: '林怡君', hasCertificate: true },
  },
  'certificate-tls-none-registered': {
    ...certificateTls,
    doors: certificateTls.doors.slice(0, 2),
    stepUp: { personName: '林怡君', hasCertificate: false },
  },
  'certificate-tls-directory-down': { ...certificateTls, directoryDown: true },
  ...Object.fromEntries(
    (['no-proof', 'no-certificate', 'wrong-usage', 'revoked', 'not-bound'] as const).map((reason) => {
      const { error, advice } = toldTlsRefusal(reason);
      return [`certificate-tls-${reason}`, { ...certificateTls, errors: [error], ...(advice && { advice }) }];
    }),
  ),
};

const rules: RulesOfUseModel = {
  reason: 'first-login',
  ...form,
  version: '2026-11',
  blocks: parseTextBlocks(rulesText),
  errors: [],
  cancelAction: '/cancel',
};

const rulesStates: Record<string, RulesOfUseModel> = {
  'rules-of-use': rules,
  'rules-of-use-new-version': { ...rules, reason: 'new-version' },
  'rules-of-use-not-agreed': {
    ...rules,
    errors: [{ field: 'agree', message: 'activation.rules.error.agree' }],
  },
};

const password: ChangePasswordModel = {
  ...form,
  reason: 'first-login',
  rules: [
    { id: 'length', minimum: 12 },
    { id: 'upper' },
    { id: 'lower' },
    { id: 'digit' },
    { id: 'special' },
    { id: 'not-personal' },
    { id: 'not-recent' },
    { id: 'not-common' },
  ],
  errors: [],
};

const passwordStates: Record<string, ChangePasswordModel> = {
  'change-password-first-login': password,
  'change-password-one-day': { ...password, reason: 'one-day' },
  'change-password-expired': { ...password, reason: 'expired' },
  'change-password-errors': {
    ...password,
    errors: [
      { field: 'new_password', message: 'password.error.length', params: { minimum: 12 } },
      { field: 'new_password', message: 'password.error.not-personal' },
      { field: 'new_password_again', message: 'password.error.different' },
    ],
  },
};

const refused: RefusedModel = {
  ...form,
  reason: 'no-admitting-role',
  system: { name: '名稱及所營事業預查系統', owner: '經濟部商業發展署' },
  personName: '林怡君',
  homeHref: '/',
};

const refusedStates: Record<string, RefusedModel> = {
  'refused-no-admitting-role': refused,
  'refused-certificate-required': { ...refused, reason: 'certificate-required' },
  'refused-second-factor-required': { ...refused, reason: 'second-factor-required' },
};

const consent: ConsentModel = {
  ...form,
  system: { name: '名稱及所營事業預查系統', owner: '經濟部商業發展署' },
  personName: '林怡君',
  scopes: ['profile', 'organization', 'roles'],
  otherScopes: [],
  signInOnly: false,
  cancelAction: '/interaction/sample/cancel',
};

const consentStates: Record<string, ConsentModel> = {
  consent,
  'consent-sign-in-only': { ...consent, scopes: [], signInOnly: true },
  'consent-everything': {
    ...consent,
    scopes: ['profile', 'email', 'phone', 'organization', 'roles', 'national_id', 'offline_access'],
  },
};

const tile = (id: string, name: string, more: Partial<SystemTile> = {}): SystemTile => ({
  id,
  name,
  url: `https://${id}.example`,
  state: 'open',
  needsCertificate: false,
  viaWithoutCertificateRole: false,
  ...more,
});

const home: HomeModel = {
  information: noInformation,
  navigation: navigationAt('home'),
  name: '林怡君',
  kind: 'general',
  agency: '桃園市政府經濟發展局',
  unit: '工商登記科',
  lastPasswordLogin: new Date('2026-11-21T01:12:00Z'),
  toDo: [
    { id: 'register-card' },
    { id: 'password-window', until: '2026-11-24 09:12' },
    { id: 'password-expiring', until: '2026-12-01 09:12', href: '/password' },
  ],
  systems: [
    tile('csm', '公司登記與管理資訊系統', {
      description: '公司設立、變更、解散登記案件之受理、審核與查詢。',
      owner: '經濟部商業發展署',
      needsCertificate: true,
      viaWithoutCertificateRole: true,
    }),
    tile('fms', '工廠登記與管理系統', {
      description: '工廠設立許可與登記、校正及產業用地查詢。',
      owner: '經濟部產業發展署',
    }),
    tile('pre', '名稱及所營事業預查系統', {
      description: '公司名稱與所營事業預查案件審核。',
      owner: '經濟部商業發展署',
      needsCertificate: true,
      state: 'step-up',
    }),
    tile('psr', '動產擔保登記管理資訊系統', { state: 'second-factor-required' }),
  ],
};

const { unit: ___, lastPasswordLogin: ____, ...newcomer } = home;
const { url: _____, ...withoutUrl } = tile('edd', '電子送達文件驗證平台');

const homeStates: Record<string, HomeModel> = {
  home: home,
  'home-by-certificate': {
    ...home,
    kind: 'manager',
    lastCertificateLogin: new Date('2026-11-20T00:58:00Z'),
    toDo: [],
    systems: [...home.systems.map((system) => ({ ...system, state: 'open' as const })), withoutUrl],
  },
  'home-without-card-logins': {
    ...home,
    systems: home.systems.map((system) => ({
      ...system,
      state: system.state === 'step-up' ? 'certificate-required' : system.state,
    })),
  },
  'home-announcements': { ...home, information },
  'home-certificate-ending': {
    ...home,
    toDo: [{ id: 'certificate-ending', until: '2027-01-10 23:59', href: '#' }],
  },
  'home-certificate-expired': {
    ...home,
    toDo: [{ id: 'certificate-expired', until: '2026-11-01 23:59', href: '#' }],
  },
  'home-one-day': { ...home, toDo: [{ id: 'password-today' }] },
  'home-without-systems': { ...newcomer, kind: 'programme-officer', systems: [] },
};

const agreed = {
  clientId: 'tax',
  name: '地方稅線上申報系統（縣市自建）',
  scopes: ['profile', 'organization', 'roles'],
  otherScopes: [],
  since: new Date('2026-11-02T06:20:00Z'),
  withdrawHref: '#',
} as const;
const consents: ConsentsModel = {
  navigation: navigationAt('consents'),
  consents: [
    agreed,
    {
      ...agreed,
      clientId: 'lab',
      name: 'Kaohsiung Open Data Laboratory for Business Registration Statistics',
      scopes: ['email', 'phone', 'offline_access'],
      otherScopes: ['statistics:read'],
      since: new Date('2026-11-19T01:05:00Z'),
    },
  ],
};
const consentsStates: Record<string, ConsentsModel> = {
  consents,
  'consents-none': { ...consents, consents: [] },
  'consents-withdrawn': { ...consents, consents: [agreed], withdrawn: 'Kaohsiung Open Data Laboratory' },
};
const withdrawConsentStates: Record<string, WithdrawConsentModel> = {
  'consents-withdraw': {
    navigation: consents.navigation,
    consent: agreed,
    action: '/form',
    csrf: 'sample-token',
    backHref: '#',
  },
};

const logOut: LogOutModel = { action: '/form', xsrf: 'sample-token' };
const logOutStates: Record<string, LogOutModel> = {
  'log-out': logOut,
  'log-out-from-system': { ...logOut, system: { name: csm.name } },
};

const loggedOutStates: Record<string, LoggedOutModel> = {
  'logged-out': { homeHref: '/' },
  'logged-out-from-system': { homeHref: '/', system: { name: csm.name } },
};

const authorizationErrors = {
  invalid_client: 400,
  invalid_redirect_uri: 400,
  invalid_request: 400,
  authorization: 400,
};

const errorStates: Record<string, ErrorModel> = Object.fromEntries(
  (Object.entries({ ...errorStatus, ...authorizationErrors }) as [ErrorModel['code'], number][]).map(
    ([code, status]) => [
      `error-${code}`,
      {
        code,
        status,
        ...(code === 'not-found' || code === 'certificate-needed' ? { homeHref: '/' } : {}),
        ...(code === 'certificate-needed' && { logInHref: '#' }),
      },
    ],
  ),
);
