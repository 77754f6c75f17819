import { parseAccountId, type Account, type AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import { parseDay } from '#domain/calendar.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { parseOid } from '#domain/oid.ts';
import type { Sealed } from '#domain/sealing.ts';

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('malformed sample value');
  return value;
}

/** Account ids for samples: `sampleId('a')` … `sampleId('z')`. */
export function sampleId(letter: string): AccountId {
  return known(parseAccountId(letter.repeat(26)));
}

const oid = (text: string) => known(parseOid(text));

/** An enabled account with a unit, without rights. */
export function sampleAccount(changes: Partial<Account> = {}): Account {
  const agencyOid = oid('2.16.886.101.90027.20002');
  return {
    id: sampleId('a'),
    revision: 1,
    name: '王小明',
    nationalId: 'k1.sealed' as Sealed,
    birthday: 'k1.sealed' as Sealed,
    agency: { oid: agencyOid, code: '387000000A', name: '示範市政府' },
    unit: { oid: oid('2.16.886.101.90027.20002.20011'), name: '商業科' },
    scopeOid: oid('2.16.886.101.90027.20002.20011'),
    jurisdictionOid: agencyOid,
    office: 'general',
    categories: [],
    status: 'enabled',
    openedOn: known(parseDay('2026-03-01')),
    contact: { email: 'ming@example.gov.tw', phone: '02-12345678', extension: '123', title: '科員' },
    emailConfirmed: true,
    grants: [],
    password: { set: true, history: [] },
    certificates: [],
    formerCertificates: [],
    ...changes,
  };
}

export interface MemoryAccounts extends Pick<AccountDirectory, 'findAccount'> {
  set(account: Account): void;
  change(id: AccountId, changes: Partial<Account>): void;
  drop(id: AccountId): void;
  /** Makes every call fail until given undefined. */
  fail(error: Error | undefined): void;
  readonly reads: number;
}

/** The reading half of an account directory, in a map. */
export function createMemoryAccounts(...initial: readonly Account[]): MemoryAccounts {
  const accounts = new Map(initial.map((account) => [account.id, account]));
  let failure: Error | undefined;
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    async findAccount(_actor: Actor, id) {
      reads += 1;
      if (failure) throw failure;
      return accounts.get(id);
    },
    set: (account) => void accounts.set(account.id, account),
    change: (id, changes) => void accounts.set(id, { ...known(accounts.get(id)), ...changes }),
    drop: (id) => void accounts.delete(id),
    fail: (error) => {
      failure = error;
    },
  };
}
