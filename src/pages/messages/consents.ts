import { defineMessages } from './define-messages.ts';

/** The portal's page of consents: which systems are given what, and withdrawing. */
export const consentsMessages = defineMessages({
  'consents.title': { zh: '已同意提供資料的系統', en: 'Systems you have agreed to give data to' },
  'consents.lead': {
    zh: '下列系統依您的同意取得資料。您可以隨時撤回，撤回後該系統不再取得資料。',
    en: 'These systems are given data because you agreed. You may withdraw at any time; after that they get no more.',
  },
  'consents.since': { zh: '同意時間', en: 'Agreed on' },
  'consents.withdraw': { zh: '撤回同意', en: 'Withdraw' },
  'consents.withdrawn': {
    zh: '已撤回對「{system}」的同意。下次進入該系統時會再次詢問您。',
    en: 'Your consent for {system} is withdrawn. You will be asked again when you next enter it.',
  },
  'consents.empty': { zh: '目前沒有需要您同意的系統', en: 'No system depends on your consent' },
  'consents.empty.body': {
    zh: '各機關自行營運的系統請求您的資料並經您同意後，會列在這裡。',
    en: 'Systems run by others appear here once they have asked for your data and you have agreed.',
  },
  'consents.ask.title': { zh: '撤回對「{system}」的同意？', en: 'Withdraw your consent for {system}?' },
  'consents.ask.lead': {
    zh: '撤回後，這個系統立即不能再取得下列資料，您在該系統的登入也無法再更新。',
    en: 'From then on this system is no longer given the data below, and your sign-in there cannot be renewed.',
  },
  'consents.ask.left': {
    zh: '「{system}」先前已取得的資料不受影響；如需刪除，請洽該系統的主管機關。',
    en: 'What {system} has already been given is not affected; ask its owner if you want it deleted.',
  },
  'consents.ask.yes': { zh: '撤回同意', en: 'Withdraw' },
  'consents.ask.no': { zh: '不撤回，返回', en: 'Keep it; go back' },
});
