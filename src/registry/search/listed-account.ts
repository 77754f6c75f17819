import { lastLoginOf, type AccountSummary } from '#domain/account-listing.ts';
import type { Actor } from '#domain/actor.ts';
import type { Day } from '#domain/calendar.ts';
import { mayActOn } from '#domain/permission.ts';
import type { ListedAccount } from './search-model.ts';
import { searchHref } from './criteria.ts';

/** An account as a line of the list, with what this actor may do to it from there. */
export function listedAccount(
  actor: Actor,
  account: AccountSummary,
  number: number,
  today: Day,
): ListedAccount {
  const { id, name, maskedNationalId, title, agency, unit, office, status, openedOn } = account;
  const lastLogin = lastLoginOf(account);
  return {
    number,
    id,
    href: `${searchHref}/${id}`,
    name,
    maskedNationalId,
    ...(title !== undefined && { title }),
    agency: agency.name,
    ...(unit && { unit: unit.name }),
    office,
    status,
    openedOn,
    ...(lastLogin && { lastLogin }),
    oneDay: oneDayOf(actor, account, today),
    selectable: mayActOn(actor, 'remove', account).ok,
  };
}

function oneDayOf(actor: Actor, account: AccountSummary, today: Day): ListedAccount['oneDay'] {
  if (account.oneDayPassword?.day === today) return { kind: 'enabled' };
  const permission = mayActOn(actor, 'one-day-password', account);
  if (!permission.ok) return { kind: 'not', why: permission.why === 'own-account' ? 'own' : 'above' };
  if (account.status !== 'enabled') return { kind: 'not', why: 'not-enabled' };
  if (!account.hasEmail) return { kind: 'not', why: 'no-mail' };
  return { kind: 'offered', href: `${searchHref}/${account.id}/one-day-password` };
}
