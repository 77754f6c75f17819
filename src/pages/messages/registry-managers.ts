import { defineMessages } from './define-messages.ts';

/** Managers (系統註冊管理者新增作業), by programme officers. */
export const registryManagersMessages = defineMessages({
  'registry.place.managers': { zh: '註冊管理者', en: 'Managers' },
  'registry.place.managers.body': {
    zh: '系統註冊管理者新增作業：開立管理者帳號，設定與收回管轄範圍及可設定的類別。',
    en: 'Open managers’ accounts; set, change and withdraw their jurisdiction and categories.',
  },
  'registry.opens.account': { zh: '公務員新增作業', en: 'Open an account' },
  'registry.opens.manager': { zh: '系統註冊管理者新增作業', en: 'Open a manager’s account' },
  'registry.managers.lead': {
    zh: '管理者只能看到與更改管轄範圍（含下級）內的帳號，並只能設定所持類別的角色。',
    en: 'A manager sees and changes the accounts of the jurisdiction and below, and gives roles of the categories held.',
  },
  'registry.managers.list': { zh: '現任管理者', en: 'Managers in office' },
  'registry.managers.change': { zh: '管轄設定', en: 'Jurisdiction' },
  'registry.managers.change.of': { zh: '更改 {name} 的管轄設定', en: 'Change the jurisdiction of {name}' },
  'registry.managers.empty': { zh: '還沒有註冊管理者', en: 'There are no managers yet' },
  'registry.managers.empty.body': {
    zh: '請新增管理者，或在「查詢作業」找到既有帳號後賦予管轄設定。',
    en: 'Open one, or find an account and give it a jurisdiction.',
  },
  'registry.managers.open.lead': {
    zh: '依核准的管理者申請表開立；管轄範圍與類別兩道上限互相獨立。',
    en: 'Opened by an approved application; jurisdiction and categories are two limits independent of each other.',
  },
  'registry.managers.jurisdiction': { zh: '管轄範圍起始OID', en: 'Jurisdiction root OID' },
  'registry.managers.jurisdiction.hint': {
    zh: '可管理這個單位與其下所有單位；輸入名稱或 OID',
    en: 'This organisation and all below it; type a name or OID',
  },
  'registry.managers.categories': { zh: '可設定的應用系統類別', en: 'Categories whose roles may be given' },
  'registry.managers.categories.hint': {
    zh: '未勾選的類別，管理者看得到但不能設定',
    en: 'Of those not ticked the manager sees the roles and gives none',
  },
  'registry.office.title': { zh: '管轄設定', en: 'Office and jurisdiction' },
  'registry.office.lead': {
    zh: '下一次操作即生效，不必重新登入。',
    en: 'Counts from the person’s next request; no new sign-in is needed.',
  },
  'registry.office.field': { zh: '使用者類型', en: 'Kind of user' },
  'registry.office.field.hint': {
    zh: '改為一般使用者即收回管理權；帳號與角色不變。計畫承辦人可管理全部帳號，請審慎。',
    en: 'A general user manages nothing; the account and its roles stay. A programme officer manages everything: take care.',
  },
  'registry.office.value.general': { zh: '業務帳號一般使用者', en: 'General user' },
  'registry.office.value.manager': { zh: '業務帳號註冊管理者', en: 'Account registration manager' },
  'registry.office.value.programme-officer': { zh: '計畫承辦人', en: 'Programme officer' },
  'registry.office.submit': { zh: '儲存管轄設定', en: 'Save' },
  'registry.office.error.missing': { zh: '請選擇使用者類型', en: 'Choose the kind of user' },
});
