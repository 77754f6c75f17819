/** One account as a manager reads it. */
import { maskNationalId } from '#domain/account-listing.ts';
import { parseAccountId, type Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import { dayOf, type Day } from '#domain/calendar.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import { formatGrant, isInForce } from '#domain/grant.ts';
import { mayActOn } from '#domain/permission.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { profileFields } from '#accounts/profile-rules.ts';
import type { Language } from '#http/request-state.ts';
import { translate } from '#pages/messages/translate.ts';
import { wordsOf } from '../refusal-words.ts';
import { searchHref } from '../search/criteria.ts';
import { accountDeeds, deedLooks } from './account-deeds.ts';
import type { AccountHead, AccountModel, HeldCertificate } from './account-model.ts';

export function hrefOf({ id }: Pick<Account, 'id'>): string {
  return `${searchHref}/${id}`;
}

export function accountHead(account: Account, sealing: Pick<Sealing, 'open'>): AccountHead {
  const { id, name, agency, unit, status, office, nationalId } = account;
  const plain = sealing.open(nationalId, sealingContext(sealingPurpose.nationalId, id));
  return {
    href: hrefOf(account),
    name,
    maskedNationalId: maskNationalId(plain),
    agency: agency.name,
    ...(unit && { unit: unit.name }),
    status,
    office,
  };
}

export function heldCertificates({ certificates }: Account): readonly HeldCertificate[] {
  return certificates.map((bound) => ({
    fingerprint: bound.fingerprint,
    medium: bound.medium,
    subjectName: bound.subjectName,
    issuerName: bound.issuerName,
    serial: bound.serial,
    notBefore: dayOf(bound.notBefore),
    notAfter: dayOf(bound.notAfter),
    registeredAt: bound.registeredAt,
    ...(bound.lastUsedAt && { lastUsedAt: bound.lastUsedAt }),
  }));
}

export function rolesText({ grants }: Pick<Account, 'grants'>): string {
  return grants.map(formatGrant).join(' ');
}

type Facts = Omit<AccountModel, 'head' | 'notice' | 'oneDay' | keyof Acts | FrameKeys>;
type FrameKeys = 'navigation' | 'office' | 'places' | 'jurisdiction' | 'categories';

export function accountFacts(account: Account, catalogue: Catalogue, today: Day): Facts {
  const { agency, unit, contact, password, activatedAt, lastPasswordLogin, lastCertificateLogin } = account;
  const names = new Map(
    catalogue.categories.flatMap(({ roles }) => roles.map(({ code, name }) => [code, name] as const)),
  );
  return {
    agency,
    ...(unit && { unit }),
    jurisdictionOid: account.jurisdictionOid,
    heldCategories: account.categories.join(' '),
    openedOn: account.openedOn,
    ...(activatedAt && { activatedAt }),
    ...(password.openingDay && { openingDay: password.openingDay }),
    ...(contact.email !== undefined && {
      email: { address: contact.email, confirmed: account.emailConfirmed },
    }),
    contact: profileFields.flatMap((field) => {
      const value = contact[field];
      return value === undefined ? [] : [{ label: `profile.field.${field}` as const, value }];
    }),
    roles: account.grants.map((grant) => ({
      code: grant.role,
      name: names.get(grant.role) ?? grant.role,
      ...(grant.until && { until: grant.until }),
      ended: !isInForce(grant, today),
    })),
    certificates: heldCertificates(account),
    formerCertificates: account.formerCertificates.length,
    ...(lastPasswordLogin && { lastPasswordLogin }),
    ...(lastCertificateLogin && { lastCertificateLogin }),
  };
}

type Acts = Pick<AccountModel, 'why' | 'deeds' | 'changeHref' | 'rolesHref' | 'officeHref' | 'historyHref'>;

/** What this actor may do to the account, or why nothing. */
export function accountActs(actor: Actor, account: Account, today: Day): Acts {
  const href = hrefOf(account);
  const historyHref = `${href}/history`;
  const permission = mayActOn(actor, 'modify', account);
  if (!permission.ok) return { why: wordsOf(permission.why), deeds: [], historyHref };
  const offered = accountDeeds.filter((id) => {
    const { deed, isOffered } = deedLooks[id];
    return mayActOn(actor, deed, account).ok && isOffered(account, today);
  });
  return {
    deeds: offered.map((id) => ({ id, href: `${href}/${id}`, grave: deedLooks[id].grave })),
    changeHref: `${href}/change`,
    rolesHref: `${href}/roles`,
    ...(mayActOn(actor, 'set-office', account).ok && { officeHref: `${href}/office` }),
    historyHref,
  };
}

export type FindName = (actor: Actor, id: Account['id']) => Promise<Account | undefined>;

/** Who did something, as the trail names them, in words for this actor: people outside their sight have no name. */
export async function nameOf(find: FindName, actor: Actor, by: string, language: Language): Promise<string> {
  if (by.startsWith('client:')) return by.slice('client:'.length);
  if (!by.startsWith('person:')) return translate(language, 'registry.by.system');
  const id = parseAccountId(by.slice('person:'.length));
  const account = id && (await find(actor, id));
  return account?.name ?? translate(language, 'registry.by.elsewhere');
}
