/** What the component answers when it cannot do what it is asked; numbers go out as signed 32-bit ones. */

export const retCodes = {
  noTbs: [0x76000003, '沒有待簽資料'],
  noCard: [0x76000006, '未插入卡片'],
  badJson: [0x7600000b, '要求不是 JSON'],
  badParameter: [0x7600000c, '參數錯誤'],
  componentError: [0x7600000d, '執行檔錯誤或逾時'],
  domainNotAllowed: [0x76000031, '網站未加入信任清單'],
  noPin: [0x76000998, '未輸入 PIN 碼'],
  cancelled: [0x76000999, '使用者取消'],
  noReader: [0x76100003, '沒有讀卡機'],
  loginFailed: [0x76100006, '卡片登入失敗'],
  keyNotRead: [0x76100008, '讀不到金鑰'],
  certificateNotRead: [0x76100009, '讀不到憑證'],
  signFailed: [0x76300004, '簽章失敗'],
  notYetValid: [0x76500001, '憑證尚未生效'],
  expired: [0x76500002, '憑證已過期'],
  wrongCardMoica: [0x83000101, '卡片種類不符（自然人憑證）'],
  wrongCardMoeaca: [0x83000102, '卡片種類不符（工商憑證）'],
  wrongCardGca: [0x83000103, '卡片種類不符（政府憑證）'],
  wrongCardXca: [0x83000104, '卡片種類不符（組織團體憑證）'],
} as const satisfies Record<string, readonly [number, string]>;

export const lastErrors = {
  none: 0,
  wrongPin: 0xa0,
  pinLength: 0xa2,
  locked: 0xa4,
  oneTryLeft: -2147483647,
  twoTriesLeft: -2147483646,
} as const;

export type RetCode = keyof typeof retCodes;
export type LastError = keyof typeof lastErrors;

export interface Failure {
  readonly retCode: RetCode;
  readonly lastError: LastError;
}

const lastErrorWords: Readonly<Record<LastError, string>> = {
  none: '',
  wrongPin: 'PIN 碼錯誤',
  pinLength: 'PIN 碼長度錯誤',
  locked: '卡片已鎖',
  oneTryLeft: 'PIN 碼錯誤，還剩 1 次',
  twoTriesLeft: 'PIN 碼錯誤，還剩 2 次',
};

export const version = '1.3.4.103';

/** The component's answer to `func` when it failed. */
export function failureAnswer(
  func: string,
  { retCode, lastError }: Failure,
): Readonly<Record<string, unknown>> {
  const [code, message] = retCodes[retCode];
  return {
    func,
    ret_code: signed32(code),
    last_error: lastErrors[lastError],
    message,
    message2: lastErrorWords[lastError],
    version,
  };
}

function signed32(code: number): number {
  return code | 0;
}
