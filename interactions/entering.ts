import type { CatalogueDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { Language } from '#http/request-state.ts';

/** Which system somebody is about to enter, as pages say it. */
export interface EnteredSystem {
  readonly name: string;
  readonly owner?: string;
}

export type Entering = (client: RelyingParty, language: Language) => Promise<EnteredSystem | undefined>;

/**
 * Names the relying party, with the owner of the first system it serves; nothing for Hufu's own pages, which the page
 * names itself, with the agency that runs them. Of somebody else's client without a system no owner is known.
 */
export function createEntering(catalogue: Pick<CatalogueDirectory, 'readCatalogue'>): Entering {
  /** Without the directory the page still names the relying party, and says what is wrong. */
  async function ownerOf(systemId: string): Promise<string | undefined> {
    try {
      const { systems } = await catalogue.readCatalogue();
      return systems.find(({ id }) => id === systemId)?.owner;
    } catch (error) {
      if (isHufuError(error, 'directory-unavailable')) return undefined;
      throw error;
    }
  }

  return async (client, language) => {
    const [first] = client.systems;
    if (first === undefined && client.firstParty) return undefined;
    const owner = first === undefined ? undefined : await ownerOf(first);
    const name = (language === 'en' && client.nameEn) || client.name;
    return owner === undefined ? { name } : { name, owner };
  };
}
