import { defineMessages } from './define-messages.ts';

/** The person's own log, open sessions, and saying that something was not oneself. */
export const activityMessages = defineMessages({
  'activity.tabs': { zh: '登入紀錄與目前登入', en: 'Activity and open sign-ins' },
  'activity.title': { zh: '登入紀錄', en: 'Activity' },
  'activity.lead': {
    zh: '這裡列出您帳號的登入、變更與管理者的處理。有不是您本人做的，請按「這不是我」。時間為臺北時間。',
    en: 'Sign-ins to your account, changes to it, and what managers did with it. If something was not you, say so. Times are Taipei time.',
  },
  'activity.kinds': { zh: '紀錄種類', en: 'Kinds of entries' },
  'activity.kind.all': { zh: '全部', en: 'All' },
  'activity.kind.logins': { zh: '登入與登出', en: 'Sign-ins' },
  'activity.kind.own-changes': { zh: '本人變更', en: 'Your changes' },
  'activity.kind.managers': { zh: '管理者處理', en: 'By managers' },
  'activity.kind.data': { zh: '資料提供', en: 'Data given' },
  'activity.column.time': { zh: '時間', en: 'Time' },
  'activity.column.action': { zh: '事項', en: 'What' },
  'activity.column.facts': { zh: '說明', en: 'Details' },
  'activity.address.cut': { zh: '已逾保存期限', en: 'No longer kept' },
  'activity.notMe': { zh: '這不是我', en: 'This was not me' },
  'activity.reported': { zh: '已通報', en: 'Reported' },
  'activity.older': { zh: '更早的紀錄', en: 'Older entries' },
  'activity.newest': { zh: '回到最新', en: 'Back to the newest' },
  'activity.empty': { zh: '目前沒有紀錄', en: 'Nothing here yet' },
  'activity.empty.older': { zh: '沒有更早的紀錄', en: 'Nothing older' },
  'activity.empty.body': {
    zh: '登入、修改密碼、註冊憑證與管理者的處理會列在這裡。',
    en: 'Sign-ins, password changes, certificates and what managers do are listed here.',
  },
  'activity.empty.narrowed': {
    zh: '請改選其他種類，或選「全部」。',
    en: 'Choose another kind, or all of them.',
  },
  'activity.notListed': {
    zh: '密碼暫時鎖定期間的嘗試，以及帳號欄位填錯的嘗試，無法歸屬到您的帳號，不會列出。',
    en: 'Attempts while the password was locked for a while, or with a mistyped account, belong to no account and are not listed.',
  },

  'activity.report.title': { zh: '這不是我', en: 'This was not me' },
  'activity.report.lead': {
    zh: '請確認下列紀錄不是您本人，也不是您請人代為操作。',
    en: 'Please make sure that this was neither you nor somebody acting for you.',
  },
  'activity.report.will': { zh: '確認後立即：', en: 'If you confirm, at once:' },
  'activity.report.will.sessions': {
    zh: '您的帳號在其他地方的登入全部結束（目前 {count} 個），各系統會收到通知。',
    en: 'Every other sign-in of your account ends ({count} at present), and the systems are told.',
  },
  'activity.report.will.code': {
    zh: '尚未使用的登入檢查碼作廢。',
    en: 'Check codes not yet used become worthless.',
  },
  'activity.report.will.oneDay': {
    zh: '今日的一日密碼取消。',
    en: 'The one-day password of today is withdrawn.',
  },
  'activity.report.will.password': {
    zh: '對方知道您的密碼，因此密碼停用；須由管理者還原密碼後才能再以密碼登入。憑證登入不受影響。',
    en: 'Whoever it was knew your password, so it stops working until a manager brings your opening password back. Your card still works.',
  },
  'activity.report.will.mail': {
    zh: '寄信通知您、您單位的註冊管理者與服務台，並留下紀錄。',
    en: 'You, the registration managers of your unit and the help desk are told by mail, and it is recorded.',
  },
  'activity.report.once': {
    zh: '每筆紀錄通報一次，無法撤回。',
    en: 'One report for each entry; it cannot be taken back.',
  },
  'activity.report.endThis': {
    zh: '這台電腦的登入也一併結束',
    en: 'End this sign-in too',
  },
  'activity.report.yes': { zh: '確認，這不是我', en: 'Yes, this was not me' },
  'activity.report.busy': { zh: '處理中…', en: 'Working…' },
  'activity.report.no': { zh: '是我，返回', en: 'It was me; go back' },
  'activity.report.already': {
    zh: '這筆紀錄已經通報過了，處理已完成。',
    en: 'This entry has been reported already, and what follows from it is done.',
  },
  'activity.report.tooMany': {
    zh: '今日通報次數已達上限。請直接聯絡服務台。',
    en: 'You have reported as often as one can in a day. Please call the help desk.',
  },
  'activity.report.changedMeanwhile': {
    zh: '帳號資料剛好被變更，處理還沒有完成。請再確認一次。',
    en: 'Your account was changed at this very moment, and not all is done yet. Please confirm once more.',
  },
  'activity.reported.title': { zh: '已通報，處理完成', en: 'Reported and dealt with' },
  'activity.reported.sessions': {
    zh: '已結束其他 {count} 個登入。',
    en: '{count} other sign-ins have been ended.',
  },
  'activity.reported.told': {
    zh: '已寄信通知您、註冊管理者或服務台。',
    en: 'You, your managers or the help desk have been told by mail.',
  },
  'activity.reported.reference': {
    zh: '聯絡時請提供編號：{reference}',
    en: 'Reference to give when you call: {reference}',
  },
  'activity.reported.next': { zh: '接下來請您', en: 'What you should do now' },
  'activity.reported.next.password': {
    zh: '修改密碼，且不要與其他網站共用。',
    en: 'Change your password, and use it nowhere else.',
  },
  'activity.reported.next.reset': {
    zh: '需要以密碼登入時，請向管理者申請還原密碼。',
    en: 'If you need a password, ask your manager to bring your opening password back.',
  },
  'activity.reported.next.mail': {
    zh: '檢查您的電子郵件信箱有無他人登入，並更換信箱密碼。',
    en: 'Check whether somebody else reads your mail, and change that password too.',
  },
  'activity.reported.next.card': {
    zh: '自然人憑證遺失或被他人使用時，請立即向內政部憑證管理中心（MOICA）或戶政事務所辦理停用或廢止。',
    en: 'If your card is lost or was used by somebody else, have it suspended or revoked at MOICA or a household registration office at once.',
  },
  'activity.reported.next.certificates': {
    zh: '檢查已註冊的憑證是否都是您的。',
    en: 'Check that all registered certificates are yours.',
  },
  'activity.reported.back': { zh: '回登入紀錄', en: 'Back to the log' },

  'sessions.title': { zh: '目前登入', en: 'Open sign-ins' },
  'sessions.lead': {
    zh: '您的帳號目前在這些地方登入。不是您本人的，請立即結束，並到登入紀錄按「這不是我」。',
    en: 'Where your account is signed in at present. End what is not yours, and say so in the log.',
  },
  'sessions.current': { zh: '這次登入', en: 'This sign-in' },
  'sessions.here': { zh: '您現在使用的', en: 'In use now' },
  'sessions.other': { zh: '{since} 開始的登入', en: 'Sign-in of {since}' },
  'sessions.since': { zh: '登入時間', en: 'Signed in' },
  'sessions.lastActivity': { zh: '最後活動', en: 'Last activity' },
  'sessions.lastActivity.ending': { zh: '即將到達登入時限', en: 'Close to its time limit' },
  'sessions.ends': { zh: '自動結束時間', en: 'Ends by itself' },
  'sessions.strength.unknown': { zh: '不明', en: 'Not known' },
  'sessions.systems': { zh: '已進入的系統', en: 'Systems entered' },
  'sessions.systems.none': { zh: '尚未進入其他系統', en: 'None so far' },
  'sessions.end': { zh: '結束這個登入', en: 'End it' },
  'sessions.busy': { zh: '結束中…', en: 'Ending…' },
  'sessions.everywhere': { zh: '全部登出', en: 'Log out everywhere' },
  'sessions.everywhere.body': {
    zh: '結束後，已進入的系統也會收到通知並登出。',
    en: 'The systems that were entered are told, too, and log you out.',
  },
  'sessions.endOthers': { zh: '結束其他 {count} 個登入', en: 'End the other sign-ins ({count})' },
  'sessions.endAll': { zh: '全部登出（包括這裡）', en: 'Log out everywhere, here too' },
  'sessions.notice.ended': { zh: '已結束該登入。', en: 'That sign-in has been ended.' },
  'sessions.notice.others-ended': { zh: '已結束其他登入。', en: 'All other sign-ins have been ended.' },
});
