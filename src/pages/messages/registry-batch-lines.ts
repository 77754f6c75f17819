import { defineMessages } from './define-messages.ts';

/** A file of officials: what its columns are headed, and what may be wrong with a line, with what to do. */
export const registryBatchLineMessages = defineMessages({
  'registry.batch.column.name': { zh: '姓名', en: 'Name' },
  'registry.batch.column.nationalId': { zh: '身分證字號', en: 'National ID' },
  'registry.batch.column.birthday': { zh: '出生月日', en: 'Birthday (MMDD)' },
  'registry.batch.column.email': { zh: '電子郵件', en: 'E-mail' },
  'registry.batch.column.unitOid': { zh: '單位OID', en: 'Unit OID' },
  'registry.batch.column.roles': { zh: '角色代碼', en: 'Roles' },
  'registry.batch.column.title': { zh: '職稱', en: 'Title' },
  'registry.batch.column.staffNumber': { zh: '人員代號', en: 'Staff number' },
  'registry.batch.column.phone': { zh: '電話', en: 'Phone' },
  'registry.batch.column.extension': { zh: '分機', en: 'Extension' },
  'registry.batch.column.mobile': { zh: '行動電話', en: 'Mobile' },
  'registry.batch.column.fax': { zh: '傳真', en: 'Fax' },
  'registry.batch.column.postalCode': { zh: '郵遞區號', en: 'Postal code' },
  'registry.batch.column.address': { zh: '地址', en: 'Address' },
  'registry.batch.column.agencyOid': { zh: '機關OID', en: 'Agency OID' },
  'registry.batch.column.line': { zh: '原列號', en: 'Line' },
  'registry.batch.column.faults': { zh: '待更正事項', en: 'To be mended' },
  'registry.batch.column.state': { zh: '結果', en: 'Outcome' },
  'registry.batch.example.name': { zh: '王小明（範例）', en: 'Example (not a person)' },
  'registry.batch.example.title': { zh: '科員', en: 'Officer' },
  'registry.batch.example.address': { zh: '某市某路 1 號', en: '1 Example Road' },
  'registry.batch.units': { zh: '單位清單', en: 'Units' },
  'registry.batch.unitName': { zh: '單位名稱', en: 'Unit' },
  'registry.batch.fault': { zh: '{column}：{fault}', en: '{column}: {fault}' },
  'registry.batch.fault.missing': { zh: '未填寫，請補上', en: 'is empty; fill it in' },
  'registry.batch.fault.malformed.name': {
    zh: '最多 100 字，不可有換行或控制字元',
    en: 'up to 100 characters, no line breaks or control characters',
  },
  'registry.batch.fault.malformed.nationalId': {
    zh: '字號或檢查碼不正確，請與證件核對',
    en: 'not a national ID or resident certificate number; compare it with the document',
  },
  'registry.batch.fault.malformed.birthday': {
    zh: '請以四位數月日填寫，例如 2 月 15 日為 0215',
    en: 'four digits, month and day: 15 February is 0215',
  },
  'registry.batch.fault.malformed.email': {
    zh: '不是電子郵件地址，請填單一地址，例如 name@example.gov.tw',
    en: 'not an e-mail address; one bare address, such as name@example.gov.tw',
  },
  'registry.batch.fault.malformed.unitOid': {
    zh: '不是 OID，請由單位清單複製，例如 2.16.886.101.90027',
    en: 'not an OID; copy it from the list of units, such as 2.16.886.101.90027',
  },
  'registry.batch.fault.malformed.agencyOid': {
    zh: '不是 OID，例如 2.16.886.101.90027',
    en: 'not an OID such as 2.16.886.101.90027',
  },
  'registry.batch.fault.malformed.roles': {
    zh: '請填角色代碼，多個以空白分隔；有期限者如 csm_user;until=2026-12-31',
    en: 'role codes with spaces between; with an end as csm_user;until=2026-12-31',
  },
  'registry.batch.fault.malformed.other': {
    zh: '過長或含有換行、控制字元，請縮短或重新輸入',
    en: 'too long, or with line breaks or control characters; shorten it or type it again',
  },
  'registry.batch.fault.twice-in-file': {
    zh: '與第 {about} 列重複，請刪除其中一列',
    en: 'the same as in line {about}; delete one of them',
  },
  'registry.batch.fault.has-account': {
    zh: '此人已有帳號，請刪除此列，改以修改作業辦理',
    en: 'this person has an account; delete the line and change that account instead',
  },
  'registry.batch.fault.has-account-elsewhere': {
    zh: '此人在其他機關已有帳號，請洽商工服務台',
    en: 'this person has an account elsewhere; ask the service desk',
  },
  'registry.batch.fault.outside-jurisdiction': {
    zh: '不在您的管轄範圍，請填管轄範圍內的單位',
    en: 'outside your jurisdiction; name a unit within it',
  },
  'registry.batch.fault.unknown-unit': {
    zh: '查無此單位，請由單位清單複製',
    en: 'no such unit; copy it from the list of units',
  },
  'registry.batch.fault.unknown-agency': {
    zh: '查無此機關，或機關沒有機關代碼；請先到機關資料補齊',
    en: 'no such agency, or one without an agency code; complete it among the organisations first',
  },
  'registry.batch.fault.agency-not-own': {
    zh: '只能開立您所屬機關的帳號，請清空或改為您的機關OID',
    en: 'accounts are of your own agency; leave it empty or give its OID',
  },
  'registry.batch.fault.category-not-held': {
    zh: '{about} 不在您可設定的類別，請移除此角色',
    en: '{about} is of a category that you may not give; remove it',
  },
  'registry.batch.fault.unknown-role': {
    zh: '沒有 {about} 這個角色代碼，請核對',
    en: 'there is no role {about}; look it up',
  },
  'registry.batch.fault.role-twice': { zh: '{about} 重複，請保留一個', en: '{about} comes twice; keep one' },
  'registry.batch.fault.grant-ended': {
    zh: '{about} 的期限已過，請改日期或移除',
    en: 'the end of {about} has passed; change or remove it',
  },
  'registry.batch.fault.refused': { zh: '未開立：{why}', en: 'not opened: {why}' },
  'registry.batch.line.waiting': { zh: '待檢核', en: 'Waiting' },
  'registry.batch.line.right': { zh: '正確', en: 'Right' },
  'registry.batch.line.faulty': { zh: '有誤', en: 'Faulty' },
  'registry.batch.line.brought-in': { zh: '已開立', en: 'Opened' },
  'registry.batch.line.refused': { zh: '未開立', en: 'Not opened' },
  'registry.batch.line.undone': { zh: '已復原', en: 'Undone' },
  'registry.batch.line.kept': { zh: '已有異動，保留', en: 'Changed since, kept' },
});
