import { parseAccountId, type AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import { parseDay, type Day } from '#domain/calendar.ts';
import type { AccountDirectory, NewAccount } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import type { NationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import type { Random } from '#domain/random.ts';
import type { DirectorySession } from './directory-session.ts';
import type { DirectoryTree } from './distinguished-names.ts';
import type { Finding } from './finding.ts';

const actor: Actor = { kind: 'system', purpose: 'command' };

/**
 * Opens an account of nobody, tries to open it twice, gives it a password that nobody knows, and removes it: whether
 * our identity may write, and whether the directory itself refuses the second.
 */
export async function checkWriting(
  accounts: AccountDirectory,
  session: DirectorySession,
  tree: DirectoryTree,
  random: Random,
): Promise<Finding[]> {
  // No national ID, so that it can be nobody's.
  const nationalId = `check ${random.token(16)}` as NationalId;
  const opened: AccountId[] = [];
  const open = async () => {
    const account = accountOfNobody(newAccountId(random), nationalId);
    await accounts.openAccount(actor, account);
    opened.push(account.id);
  };
  const findings: Finding[] = [];
  try {
    await open();
    const isUnique = await open().then(
      () => false,
      (error: unknown) => {
        if (isHufuError(error, 'not-unique')) return true;
        throw error;
      },
    );
    if (!isUnique) findings.push({ kind: 'not-unique', severity: 'unsafe', name: 'hufuNationalIdKey' });
    for (const id of opened)
      await accounts.modifyAccount(actor, id, 1, { passwordHash: `{x}${random.token(24)}` });
    for (const id of opened.splice(0)) await accounts.removeAccount(actor, id, 2);
  } catch (error) {
    if (!isHufuError(error)) throw error;
    const { reason = error.code } = error.facts;
    findings.push({ kind: 'not-writable', severity: 'fault', name: `${tree.accounts} (${reason})` });
    // Not by removeAccount: the password may be what could not be written, and a removal takes it away first.
    for (const id of opened) await session.remove(tree.account(id)).catch(() => {});
  }
  return findings;
}

function accountOfNobody(id: AccountId, nationalId: NationalId): NewAccount {
  const oid = known<Oid>(parseOid('2.25.0'));
  const day = known<Day>(parseDay('2000-01-01'));
  return {
    id,
    name: 'check-directory',
    nationalId,
    birthday: '0101',
    agency: { oid, code: 'check', name: 'check' },
    jurisdictionOid: oid,
    office: 'general',
    categories: [],
    openedOn: day,
    openingDay: day,
    contact: {},
    grants: [],
  };
}

function newAccountId(random: Random): AccountId {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return known(parseAccountId(Array.from(random.bytes(26), (byte) => alphabet[byte % 32]).join('')));
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new HufuError('internal', { facts: { reason: 'malformed-constant' } });
  return value;
}
