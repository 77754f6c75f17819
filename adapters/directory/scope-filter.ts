import { AndFilter, EqualityFilter, OrFilter, SubstringFilter, type Filter } from 'ldapts';
import type { Scope } from '#domain/actor.ts';

export function equals(attribute: string, value: string): Filter {
  return new EqualityFilter({ attribute, value });
}

/** `attribute` is `root` or lies under it, by whole components: `1.2.34` is not under `1.2.3`. */
export function underOid(attribute: string, root: string): Filter {
  return new OrFilter({
    filters: [equals(attribute, root), new SubstringFilter({ attribute, initial: `${root}.` })],
  });
}

/** `filter`, limited to the accounts that `scope` lets see. Added to every search for accounts, in one place. */
export function withinScope(scope: Scope, filter: Filter): Filter {
  if (scope.kind === 'all') return filter;
  const limit = scope.kind === 'self' ? equals('uid', scope.id) : underOid('hufuScopeOid', scope.root);
  return new AndFilter({ filters: [filter, limit] });
}
