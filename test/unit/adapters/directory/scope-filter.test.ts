import { describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import { equals, withinScope } from '#adapters/directory/scope-filter.ts';
import { parseOid, type Oid } from '#domain/oid.ts';

const filter = equals('cn', '*)(uid=*');

describe('the filter of a search for accounts', () => {
  it('is left alone for those who see everything', () => {
    expect(withinScope({ kind: 'all' }, filter).toString()).toBe('(cn=\\2a\\29\\28uid=\\2a)');
  });

  it('is limited to the subtree by whole components', () => {
    const root = parseOid('1.2.3') as Oid;
    expect(withinScope({ kind: 'subtree', root }, filter).toString()).toBe(
      '(&(cn=\\2a\\29\\28uid=\\2a)(|(hufuScopeOid=1.2.3)(hufuScopeOid=1.2.3.*)))',
    );
  });

  it('is limited to the own account', () => {
    expect(withinScope({ kind: 'self', id: 'x' as AccountId }, filter).toString()).toBe(
      '(&(cn=\\2a\\29\\28uid=\\2a)(uid=x))',
    );
  });
});
