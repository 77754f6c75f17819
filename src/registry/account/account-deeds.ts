/** What is done to one account by a question and an answer; changing fields and roles have forms of their own. Pure. */
import type { Account } from '#domain/account.ts';
import type { Day } from '#domain/calendar.ts';
import type { Deed } from '#domain/permission.ts';

export const accountDeeds = [
  'enable',
  'disable',
  'close',
  'reset-password',
  'one-day-password',
  'withdraw-one-day-password',
  'remove-certificates',
  'remove',
] as const;

export type AccountDeed = (typeof accountDeeds)[number];

interface DeedLook {
  /** The service's name for it, by which it is permitted. */
  readonly deed: Deed;
  /** Takes something away that somebody may miss. */
  readonly grave: boolean;
  readonly isOffered: (account: Account, today: Day) => boolean;
}

const isEnabledToday = ({ password }: Account, today: Day) => password.oneDay?.day === today;

export const deedLooks: Readonly<Record<AccountDeed, DeedLook>> = {
  enable: { deed: 'set-status', grave: false, isOffered: ({ status }) => status === 'disabled' },
  disable: { deed: 'set-status', grave: true, isOffered: ({ status }) => status !== 'disabled' },
  close: { deed: 'set-status', grave: true, isOffered: ({ status }) => status !== 'not-opened' },
  'reset-password': { deed: 'reset-password', grave: false, isOffered: () => true },
  'one-day-password': {
    deed: 'one-day-password',
    grave: false,
    isOffered: (account, today) => account.status === 'enabled' && !isEnabledToday(account, today),
  },
  'withdraw-one-day-password': { deed: 'one-day-password', grave: false, isOffered: isEnabledToday },
  'remove-certificates': {
    deed: 'remove-factors',
    grave: true,
    isOffered: ({ certificates }) => certificates.length > 0,
  },
  remove: { deed: 'remove', grave: true, isOffered: () => true },
};

export function parseAccountDeed(text: string): AccountDeed | undefined {
  return accountDeeds.find((deed) => deed === text);
}
