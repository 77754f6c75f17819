/** Criteria of a list as a filter on the server. */
import {
  AndFilter,
  GreaterThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
  type Filter,
} from 'ldapts';
import type { AccountQuery } from '#domain/account-listing.ts';
import { isRoleCode } from '#domain/grant.ts';
import { sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { formatTime, storedText } from './ldap-values.ts';
import { equals, underOid } from './scope-filter.ts';

const loginTimes = ['hufuLastPasswordLogin', 'hufuLastCertificateLogin'] as const;

/** `dormantSince` needs the day of opening besides, which has no order in the directory: see `isDormant`. */
export function listingFilter(query: AccountQuery, sealing: Sealing): Filter {
  const keyword = storedText(query.nameKeyword)?.trim();
  const { underOid: root, nationalId, status, office, anyRole, dormantSince, managedCategory } = query;
  const filters = [
    ...(nationalId === undefined
      ? []
      : [ofNationalId(sealing.indexes(nationalId, sealingPurpose.nationalId))]),
    ...(root === undefined ? [] : [underOid('hufuScopeOid', root)]),
    ...(keyword === undefined ? [] : [new SubstringFilter({ attribute: 'cn', any: [keyword] })]),
    ...(anyRole === undefined ? [] : [new OrFilter({ filters: anyRole.filter(isRoleCode).flatMap(ofRole) })]),
    ...(status === undefined ? [] : [equals('hufuStatus', status)]),
    ...(office === undefined ? [] : [equals('hufuOffice', office)]),
    ...(managedCategory === undefined ? [] : [equals('hufuManagedCategory', managedCategory)]),
    ...(dormantSince === undefined
      ? []
      : loginTimes.map((attribute) =>
          not(new GreaterThanEqualsFilter({ attribute, value: formatTime(dormantSince) })),
        )),
    ...(query.neverLoggedIn === true
      ? loginTimes.map((attribute) => not(new PresenceFilter({ attribute })))
      : []),
  ];
  return filters.length === 0 ? new PresenceFilter({ attribute: 'uid' }) : new AndFilter({ filters });
}

/**
 * A grant is a role code, or one with an end behind it. What is no code is held by nobody and is not asked for: by one with NUL slapd
 * found whoever holds anything.
 */
function ofRole(role: string): Filter[] {
  return [equals('hufuGrant', role), new SubstringFilter({ attribute: 'hufuGrant', initial: `${role};` })];
}

function ofNationalId(keys: readonly string[]): Filter {
  return new OrFilter({ filters: keys.map((key) => equals('hufuNationalIdKey', key)) });
}

function not(filter: Filter): Filter {
  return new NotFilter({ filter });
}
