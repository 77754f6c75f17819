/** Names of ours and of a directory that calls them otherwise; what is not named is called the same. */
import {
  AndFilter,
  EqualityFilter,
  GreaterThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
  type Filter,
} from 'ldapts';

export interface BranchMapping {
  /** DN of the branch; default: our `ou` below the base. */
  readonly baseDn?: string;
  readonly attributes: readonly { readonly ours: string; readonly theirs: string }[];
  /** The first of `theirs` is what tells such entries. */
  readonly objectClasses: readonly { readonly ours: string; readonly theirs: readonly string[] }[];
}

export interface DirectoryMapping {
  readonly accounts: BranchMapping;
  readonly organizations: BranchMapping;
  readonly categories: BranchMapping;
  readonly systems: BranchMapping;
}

const sameNames: BranchMapping = { attributes: [], objectClasses: [] };

/** A directory that has our schema. */
export const ownSchema: DirectoryMapping = {
  accounts: sameNames,
  organizations: sameNames,
  categories: sameNames,
  systems: sameNames,
};

/** One branch's names, each way. Names have no case. */
export interface Names {
  attribute(ours: string): string;
  classes(ours: readonly string[]): string[];
  ourClass(theirs: string): string;
  filter(filter: Filter): Filter;
}

export function createNames({ attributes, objectClasses }: BranchMapping): Names {
  const theirs = new Map(attributes.map((pair) => [pair.ours.toLowerCase(), pair.theirs]));
  const theirClasses = new Map(objectClasses.map((pair) => [pair.ours.toLowerCase(), pair.theirs]));
  const ourClasses = new Map(objectClasses.map((pair) => [pair.theirs[0]?.toLowerCase(), pair.ours]));
  /** Options such as `;binary` stay as they are (RFC 4512 §2.5). */
  const attribute = (name: string) => {
    if (theirs.size === 0) return name;
    const [type = '', ...options] = name.split(';');
    return [theirs.get(type.toLowerCase()) ?? type, ...options].join(';');
  };

  function filter(given: Filter): Filter {
    if (given instanceof AndFilter) return new AndFilter({ filters: given.filters.map(filter) });
    if (given instanceof OrFilter) return new OrFilter({ filters: given.filters.map(filter) });
    if (given instanceof NotFilter) return new NotFilter({ filter: filter(given.filter) });
    if (given instanceof GreaterThanEqualsFilter) {
      return new GreaterThanEqualsFilter({ attribute: attribute(given.attribute), value: given.value });
    }
    if (given instanceof PresenceFilter) return new PresenceFilter({ attribute: attribute(given.attribute) });
    if (given instanceof EqualityFilter) {
      return new EqualityFilter({ attribute: attribute(given.attribute), value: given.value });
    }
    if (given instanceof SubstringFilter) {
      const { initial, any, final } = given;
      return new SubstringFilter({ attribute: attribute(given.attribute), initial, any, final });
    }
    // A kind of filter that nothing here makes; passing it on unmapped would search for the wrong names.
    throw new Error('a filter of this kind has no mapping');
  }

  return {
    attribute,
    classes: (names) => [...new Set(names.flatMap((name) => theirClasses.get(name.toLowerCase()) ?? [name]))],
    ourClass: (name) => ourClasses.get(name.toLowerCase()) ?? name,
    filter,
  };
}
