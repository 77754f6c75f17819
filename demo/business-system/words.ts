/** What a business system says to the person, for everything that can come back from the hub. */
import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

export interface Word {
  readonly tone: 'good' | 'bad';
  readonly zh: string;
  readonly en: string;
  /** Error code of OAuth or OpenID Connect and the hub's description, for whoever looks after the system. */
  readonly code?: string;
}

export const words = {
  refreshed: { tone: 'good', zh: '已更新權杖。', en: 'The tokens have been refreshed.' },
  asked: { tone: 'good', zh: '已重新查詢。', en: 'Asked again.' },
  loggedOutHere: {
    tone: 'good',
    zh: '已登出本系統；入口網的登入仍在，其他系統不受影響。',
    en: 'Logged out here only; the login at the hub goes on.',
  },
  loggedOut: { tone: 'good', zh: '已登出入口網與本系統。', en: 'Logged out of the hub and of this system.' },
  noLogin: {
    tone: 'bad',
    zh: '這次登入不是從本系統開始，或已逾時，請重新登入。',
    en: 'This login did not begin here, or took too long. Please log in again.',
  },
} as const satisfies Record<string, Word>;

const byCode: Readonly<Record<string, Omit<Word, 'tone' | 'code'>>> = {
  access_denied: {
    zh: '您沒有獲准進入本系統（已取消登入，或沒有適用的角色）。',
    en: 'You were not admitted: the login was cancelled, or no role of yours admits here.',
  },
  login_required: {
    zh: '您目前沒有登入入口網，請按「登入」。',
    en: 'You are not logged in at the hub; choose “Log in”.',
  },
  interaction_required: { zh: '需要您親自登入一次。', en: 'The hub needs to ask you something; log in.' },
  invalid_grant: {
    zh: '登入已在別處結束，或這次登入已使用過，請重新登入。',
    en: 'The login has ended elsewhere, or was used already. Please log in again.',
  },
  invalid_token: {
    zh: '登入已在別處結束，請重新登入。',
    en: 'The login has ended elsewhere. Please log in again.',
  },
};

/** The words for an error of the protocol; everything else is thrown on. */
export function wordFor(error: unknown): Word {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const known = byCode[code] ?? {
    zh: '登入沒有完成，請再試一次；仍不行時請洽本系統管理者。',
    en: 'The login was not completed. Please try again, or ask whoever looks after this system.',
  };
  return { tone: 'bad', ...known, code: [code, descriptionOf(error)].filter(Boolean).join(': ') };
}

function descriptionOf(error: unknown): string | undefined {
  const tells = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError;
  return tells ? error.error_description : undefined;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error;
  if (error instanceof WWWAuthenticateChallengeError) {
    return error.cause.find(({ parameters }) => parameters.error)?.parameters.error ?? 'invalid_token';
  }
  // The hub did not answer, or answered something that must not be trusted.
  return error instanceof Error ? 'no_answer' : undefined;
}
