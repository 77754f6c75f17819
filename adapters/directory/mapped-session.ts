import { Attribute, Change } from 'ldapts';
import type { Names } from './directory-mapping.ts';
import type { DirectorySession, NewEntry } from './directory-session.ts';
import { mapEntry } from './ldap-values.ts';

/** `session` in a directory's own names: whoever uses it speaks of our attributes and classes alone. */
export function createMappedSession(session: DirectorySession, names: Names): DirectorySession {
  function mapNew(entry: NewEntry): NewEntry {
    return Object.fromEntries(
      Object.entries(entry).map(([name, values]) =>
        name.toLowerCase() === 'objectclass' && values !== undefined
          ? [name, names.classes([values].flat())]
          : [names.attribute(name), values],
      ),
    );
  }

  function mapChange({ operation, modification }: Change): Change {
    const { type, values } = modification;
    return new Change({ operation, modification: new Attribute({ type: names.attribute(type), values }) });
  }

  return {
    async search(search) {
      const attributes = search.attributes.map((name) => names.attribute(name));
      const found = await session.search({ ...search, filter: names.filter(search.filter), attributes });
      return found.map((entry) => mapEntry(entry, names));
    },
    add: (dn, entry, refusals) => session.add(dn, mapNew(entry), refusals),
    modify: (dn, changes, refusals) => session.modify(dn, changes.map(mapChange), refusals),
    remove: (dn, refusals) => session.remove(dn, refusals),
    bind: (dn, password) => session.bind(dn, password),
  };
}
