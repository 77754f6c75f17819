/** The catalogue in the registration service, wired. */
import { createCatalogueDeeds, type JudgeEntry } from '#administration/catalogue-deeds.ts';
import { createFindIdHolders } from '#administration/id-holders.ts';
import { faultyKeysOf, type CatalogueCandidate } from '#config/judge-catalogue-entry.ts';
import { relyingPartiesOf } from '#config/relying-parties.ts';
import type { CatalogueEntry } from '#domain/catalogue-register.ts';
import type { RegistryParts } from '#registry/registry-parts.ts';
import type { RegistryRoute } from '#registry/registry-routes.ts';
import { catalogueHandlers } from '#registry/catalogue/catalogue-handlers.ts';
import { createConsequences } from '#registry/catalogue/consequences.ts';
import { catalogueRoutes } from '#registry/catalogue/routes.ts';
import type { Services } from './services.ts';

export function composeCataloguePages(services: Services, parts: RegistryParts): readonly RegistryRoute[] {
  const { config, directory, stores } = services;
  const { relyingParties, catalogueRemovals: removals } = stores.records;
  const register = directory.catalogueRegister;

  async function partiesServing(system: string): Promise<readonly string[]> {
    const configured = relyingPartiesOf(config).filter(({ systems }) => systems.includes(system));
    const kept = (await relyingParties.listRelyingParties()).filter(({ registration }) => {
      const { systems } = registration;
      return Array.isArray(systems) && systems.includes(system);
    });
    return [
      ...configured.map(({ name }) => name),
      ...kept.map(({ registration }) => String(registration['name'])),
    ];
  }

  async function programsGiving(category: string): Promise<readonly string[]> {
    const configured = relyingPartiesOf(config).filter(({ api }) => api?.categories.includes(category));
    // Disabled ones, too: they may be enabled again.
    const kept = (await relyingParties.listRelyingParties()).filter(({ registration }) => {
      const { api } = registration as { readonly api?: { readonly categories?: unknown } };
      return Array.isArray(api?.categories) && api.categories.includes(category);
    });
    return [
      ...configured.map(({ name }) => name),
      ...kept.map(({ registration }) => String(registration['name'])),
    ];
  }

  /** All that the roles of a system are told to, or may be. */
  async function servedBy(system: string): Promise<readonly string[]> {
    const resources = config.resources.filter(({ systems }) => systems.includes(system));
    const isOfSelfRegistered = config.registration?.systems.includes(system) === true;
    return [
      ...(await partiesServing(system)),
      ...resources.map(({ uri }) => uri),
      ...(isOfSelfRegistered ? ['registration.systems'] : []),
    ];
  }

  const findHolders = createFindIdHolders({ listing: directory.listing, programsGiving, servedBy });

  return catalogueRoutes(
    catalogueHandlers({
      ...parts,
      register,
      deeds: createCatalogueDeeds({
        register,
        removals,
        judge: judgeEntry,
        findHolders,
        audit: stores.audit,
      }),
      consequences: createConsequences({ listing: directory.listing, findHolders }),
      partiesServing,
      seconds: config.directory.catalogueMaxAgeSeconds,
    }),
  );
}

const judgeEntry: JudgeEntry = (entry, catalogue) => {
  const candidate = candidateOf(entry);
  // The page for adding one has that address.
  const { id, code } = candidate.value;
  if (id === 'new' || code === 'new') return [entry.kind === 'role' ? 'code' : 'id'];
  const categories = catalogue.categories.map(({ roles, ...category }) => ({
    ...category,
    roles: roles.map(({ category: _within, givenByCategories, ...role }) => ({
      ...role,
      ...(givenByCategories && { givenByCategories: [...givenByCategories] }),
    })),
  }));
  const systems = catalogue.systems.map((system) => ({
    ...system,
    admitsCategories: [...system.admitsCategories],
    admitsRoles: [...system.admitsRoles],
  }));
  return faultyKeysOf(candidate, { categories, systems });
};

/** The entry as the catalogue file has it. */
function candidateOf(entry: CatalogueEntry): CatalogueCandidate {
  if (entry.kind === 'category') return { kind: 'category', value: { ...entry.category } };
  if (entry.kind === 'system') return { kind: 'system', value: { ...entry.system } };
  const { category: within, ...value } = entry.role;
  return { kind: 'role', within, value };
}
