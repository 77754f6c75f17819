import { defineMessages } from './define-messages.ts';

/** The registration service (註冊服務): what all its pages share. */
export const registryMessages = defineMessages({
  'registry.title': { zh: '註冊服務', en: 'Registration service' },
  'registry.lead.manager': {
    zh: '管理您管轄範圍內的業務帳號。範圍與可設定的類別列於上方；超出範圍的帳號不會出現。',
    en: 'Keep the accounts of your jurisdiction. It is shown above with the categories you may give; what lies outside does not appear.',
  },
  'registry.lead.programme-officer': {
    zh: '管理全部業務帳號，以及系統目錄、機關、依賴方與公告。',
    en: 'Keep all accounts, and the catalogue, the organisations, the relying parties and the notices.',
  },
  'registry.office.manager': { zh: '業務帳號註冊管理者', en: 'Account registration manager' },
  'registry.office.programme-officer': { zh: '計畫承辦人', en: 'Programme officer' },
  'registry.jurisdiction': { zh: '管轄範圍', en: 'Jurisdiction' },
  'registry.categories': { zh: '可設定的應用系統類別', en: 'Categories you may give' },
  'registry.categories.none': { zh: '沒有可設定的類別', en: 'None' },
  'registry.everything': {
    zh: '管轄範圍：全部機關與類別',
    en: 'Jurisdiction: every organisation and category',
  },
  'registry.change': { zh: '修改', en: 'Change' },
  'registry.save': { zh: '儲存', en: 'Save' },
  'registry.cancel': { zh: '取消', en: 'Cancel' },
  'registry.remove': { zh: '刪除', en: 'Remove' },
  'registry.search': { zh: '查詢', en: 'Search' },
  'registry.clear': { zh: '清除條件', en: 'Clear' },
  'registry.none': { zh: '無', en: 'None' },
  'registry.copy': { zh: '複製', en: 'Copy' },
  'registry.copied': { zh: '已複製', en: 'Copied' },
  'registry.changedMeanwhile': {
    zh: '期間已有人修改，請核對後再試一次',
    en: 'Somebody has changed it meanwhile; look again, then try once more',
  },
  'registry.place.home': { zh: '功能總覽', en: 'Overview' },
});
