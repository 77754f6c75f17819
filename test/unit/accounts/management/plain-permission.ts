/** What managers may, said once more in plain components and other words than src/domain/permission.ts has for it. */
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { Oid } from '#domain/oid.ts';

const parts = (oid: string) => oid.split('.');
export const contains = (root: Oid, oid: Oid) => parts(root).every((part, at) => parts(oid)[at] === part);
export const isOfficer = (actor: Actor) =>
  actor.kind === 'person' && actor.office === 'programme-officer' && actor.meets === 'certificate';
const manages = (actor: Actor) =>
  isOfficer(actor) ||
  actor.kind === 'client' ||
  (actor.kind === 'person' && actor.office === 'manager' && actor.meets === 'certificate');
export const reaches = (actor: Actor, oid: Oid) =>
  isOfficer(actor) || (actor.kind !== 'system' && manages(actor) && contains(actor.scopeOid, oid));
const isAbove = (actor: Actor, account: Account) =>
  isOfficer(actor) ||
  account.office === 'general' ||
  (account.office === 'manager' &&
    actor.kind !== 'system' &&
    contains(actor.scopeOid, account.jurisdictionOid) &&
    parts(account.jurisdictionOid).length > parts(actor.scopeOid).length);
export const mayTouch = (actor: Actor, account: Account) =>
  reaches(actor, account.scopeOid) &&
  isAbove(actor, account) &&
  !(actor.kind === 'person' && actor.id === account.id);
export const gives = (actor: Actor, role: string) => {
  if (isOfficer(actor)) return true;
  const held = actor.kind === 'system' ? [] : actor.categories;
  return held.includes(role.split('_')[0] ?? '') || (role === 'psr_user' && held.includes('psm'));
};
