/** Every page of the first release in every state, with sample text: what the gallery shows and the tests check. */
import { errorStatus } from '#domain/errors.ts';
import type { ErrorModel } from '#pages/error-model.ts';
import { parseTextBlocks } from '#pages/text-blocks.ts';
import type { ViewContext, Views } from '#pages/views.ts';
import type { RefusedModel } from '#interactions/admission/refused-model.ts';
import type { RulesOfUseModel } from '#interactions/activation/rules-of-use-model.ts';
import type { ChangePasswordModel } from '#interactions/change-password/change-password-model.ts';
import type { ConsentModel } from '#interactions/consent/consent-model.ts';
import type { LoginFormModel } from '#interactions/one-day-password/login-form-model.ts';
import type { ConsentsModel, WithdrawConsentModel } from '#portal/consents/consents-model.ts';
import type { PublicInformationModel } from '#pages/public-information.ts';
import type { TextPageModel } from '#portal/information/text-page-model.ts';
import type { ManagersModel } from '#portal/managers/managers-model.ts';
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
    ...statesOf('interactions/activation/rules-of-use.hbs', rulesStates),
    ...statesOf('interactions/change-password/change-password.hbs', passwordStates),
    ...statesOf('interactions/admission/refused.hbs', refusedStates),
    ...statesOf('interactions/consent/consent.hbs', consentStates),
    ...statesOf('src/portal/home/home.hbs', homeStates),
    ...statesOf('src/portal/consents/consents.hbs', consentsStates),
    ...statesOf('src/portal/consents/withdraw-consent.hbs', withdrawConsentStates),
    ...statesOf('src/portal/profile/profile.hbs', profileStates),
    ...statesOf('src/portal/password/own-password.hbs', ownPasswordStates),
    ...statesOf('src/operators/health/health.hbs', healthStates),
    ...statesOf('src/operators/outbox/outbox.hbs', outboxStates),
    ...statesOf('src/operators/outbox/question.hbs', outboxQuestionStates),
    ...statesOf('src/operators/audit/search.hbs', auditSearchStates),
    ...statesOf('src/operators/audit/entry.hbs', auditEntryStates),
    ...statesOf('src/portal/information/text-page.hbs', textStates),
    ...statesOf('src/portal/managers/managers.hbs', managersStates),
    ...statesOf('src/provider/pages/log-out.hbs', logOutStates),
    ...statesOf('src/provider/pages/logged-out.hbs', loggedOutStates),
    ...statesOf('src/pages/error.hbs', errorStates),
  ];
}

const form = { action: '/form', csrf: 'sample-token' };
const csm = { name: '公司登記與管理資訊系統', owner: '經濟部商業發展署' };

const noInformation: PublicInformationModel = { announcements: [], downloads: [], links: [] };

const information: PublicInformationModel = {
  announcements: [
    {
      id: 'maintenance',
      warning: true,
      from: new Date('2026-11-20T01:00:00Z'),
      title: '十一月二十八日系統維護',
      body: parseTextBlocks('十一月二十八日（六）22:00 至次日 06:00 暫停服務。\n\n- 請提前完成案件登打。'),
    },
    {
      id: 'rules',
      warning: false,
      from: new Date('2026-11-01T01:00:00Z'),
      title: '使用規範更新',
      body: parseTextBlocks('使用規範自十一月一日起適用新版，登入時請閱讀並同意。'),
    },
  ],
  downloads: [
    { name: '操作手冊', href: '/downloads/manual', kind: 'PDF', size: '2.4 MB' },
    { name: '業務帳號申請表', href: '/downloads/form', kind: 'ODT', size: '38 KB' },
  ],
  links: [{ name: '自然人憑證鎖卡解碼', href: 'https://moica.nat.gov.tw/unblockcard.html' }],
};

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
const door = login.doors.slice(0, 1);

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
  'login-four-doors': {
    ...login,
    doors: [...door, ...door, ...door, ...door].map((d, i) => ({ ...d, current: i === 0 })),
  },
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

const rulesText = `## 一、帳號之使用

業務帳號僅供經核准之人員本人執行公務使用，不得借予他人，亦不得將查得之資料提供業務以外之用途。

- 人員異動或離職時，應於異動日前提出申請，權限當日終止。
- 一日密碼僅供未能使用憑證之例外情形，並須經核准。
- 發現帳號遭冒用時，應立即通知服務台。

## 二、個人資料之蒐集與利用

為辦理帳號管理、身分確認及稽核，本服務蒐集您的姓名、身分證字號、出生月日、聯絡方式與登入紀錄，利用期間為帳號存續期間及法令所定之保存期間，利用對象為各業務系統之主管機關。

您得依個人資料保護法第三條行使查詢、閱覽、製給複製本、補充或更正等權利。未提供前述資料者，無法開通帳號。`;

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
  cancelAction: '/interaction/sample/cancel',
};

const consentStates: Record<string, ConsentModel> = {
  consent,
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

const textStates: Record<string, TextPageModel> = {
  'text-rules': { kind: 'rules', version: '2026-11', blocks: parseTextBlocks(rulesText) },
  'text-privacy': { kind: 'privacy', version: '2026-11', blocks: parseTextBlocks(rulesText) },
};

const managers: ManagersModel = {
  navigation: navigationAt('home'),
  agency: '市政府',
  categories: [
    { id: 'csm', name: '公司登記與管理', chosen: true },
    { id: 'fms', name: '工廠登記與管理', chosen: false },
  ],
  narrowed: true,
  count: 62,
  managers: [
    {
      name: '陳志明',
      agency: '桃園市政府經濟發展局',
      unit: '工商登記科',
      phone: '03-0000-0000',
      extension: '5201',
      categories: ['公司登記與管理', '工廠登記與管理'],
    },
    { name: '林怡君', agency: '臺中市政府', categories: ['公司登記與管理'] },
  ],
  showsEmail: false,
  page: 1,
  pages: 2,
  nextHref: '#',
};

const managersStates: Record<string, ManagersModel> = {
  managers,
  'managers-none': { ...managers, count: 0, managers: [], pages: 1 },
};

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
      state: 'certificate-required',
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
  'home-announcements': { ...home, information },
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
      { code, status, ...(code === 'not-found' ? { homeHref: '/' } : {}) },
    ],
  ),
);
