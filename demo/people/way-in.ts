/** How a demo person can log in at this moment: what stands in the directory, not what was planned. */
import { openingPassword } from '#authentication/opening-password.ts';
import { judgePasswordLogin, type PasswordLoginPolicy } from '#authentication/password-login-rules.ts';
import type { Account } from '#domain/account.ts';
import { people, type DemoPerson } from './people.ts';
import { findDemoAccount } from './prepare-people.ts';
import type { Services } from '#src/compose/services.ts';

export interface WayIn {
  readonly account: string;
  readonly name: string;
  readonly nameEn: string;
  readonly email: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly state: 'not-opened' | 'enabled' | 'disabled';
  /** What to type as password; absent when the person has set one of their own. */
  readonly password?: string;
  readonly expect: { readonly zh: string; readonly en: string };
}

type Verdict = ReturnType<typeof judgePasswordLogin>;

const whatFollows = {
  opening: {
    zh: '首次登入：同意規定、改密碼、再登入',
    en: 'first login: accept the rules, set a password, log in anew',
  },
  grace: { zh: '直接登入', en: 'logs in' },
  'one-day-change': { zh: '登入後須先改密碼', en: 'logs in, must change the password first' },
  'one-day': { zh: '直接登入', en: 'logs in' },
  disabled: { zh: '不能登入（停用）', en: 'refused: disabled' },
  'not-enabled-today': { zh: '不能登入（今日未啟用）', en: 'refused: not enabled today' },
  'opening-password-expired': { zh: '開帳密碼已過期', en: 'opening password expired' },
} as const;

/** Ways in of everybody, as they are now. */
export async function findWaysIn(services: Services): Promise<readonly WayIn[]> {
  const { login } = services.config;
  const policy = { graceHours: login.graceHours, oneDayEnabled: login.oneDayPassword.enabled };
  const ways: WayIn[] = [];
  for (const person of people) {
    const account = await findDemoAccount(services, person);
    if (!account) continue;
    const { password } = person;
    const isPlanned =
      password !== undefined && (await services.directory.passwords.checkPassword(account, password));
    ways.push(
      wayIn(person, account, isPlanned, {
        policy,
        now: services.machine.clock.now(),
        prefix: login.firstLogin.openingPasswordPrefix,
      }),
    );
  }
  return ways;
}

interface Circumstances {
  readonly policy: PasswordLoginPolicy;
  readonly now: Date;
  /** Of opening passwords. */
  readonly prefix: string;
}

/** `isPlanned`: the planned password is still the account's. */
export function wayIn(
  person: DemoPerson,
  account: Account,
  isPlanned: boolean,
  { policy, now, prefix }: Circumstances,
): WayIn {
  const password = passwordOf(person, account, isPlanned, prefix);
  const follows = whatFollows[outcomeOf(judgePasswordLogin(account, now, policy))];
  return {
    account: person.nationalId,
    name: person.name,
    nameEn: person.nameEn,
    email: person.email,
    agency: person.unit ? `${person.agency.name}${person.unit.name}` : person.agency.name,
    roles: person.roles,
    state: account.status,
    ...(password !== undefined && { password }),
    expect: {
      zh: [follows.zh, person.shows?.zh].filter((part) => part !== undefined).join('；'),
      en: [follows.en, person.shows?.en].filter((part) => part !== undefined).join('; '),
    },
  };
}

function passwordOf(
  person: DemoPerson,
  account: Account,
  isPlanned: boolean,
  prefix: string,
): string | undefined {
  if (account.status === 'not-opened') return openingPassword(prefix, person.nationalId, person.birthday);
  return isPlanned ? person.password : undefined;
}

function outcomeOf(verdict: Verdict): keyof typeof whatFollows {
  if (!verdict.ok) return verdict.reason;
  if (verdict.way === 'one-day' && verdict.mustChange) return 'one-day-change';
  return verdict.way;
}
