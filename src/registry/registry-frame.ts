/** What stands above every page of the registration service: its functions, and what this person may manage. */
import type { CatalogueDirectory, OrganizationDirectory } from '#domain/directory.ts';
import type { Navigation, PortalNavigation } from '#pages/portal-navigation.ts';
import { registryPlaces, type RegistryPlaceId } from './places.ts';
import type { ManagingOffice, RegistryState, RouteRule } from './registry-session.ts';

/** Every page's model has these. */
export interface RegistryFrameModel {
  readonly navigation: PortalNavigation;
  readonly office: ManagingOffice;
  readonly places: readonly {
    readonly id: RegistryPlaceId;
    readonly href: string;
    readonly current: boolean;
  }[];
  /** 管轄範圍; absent for programme officers, who see everything. */
  readonly jurisdiction?: { readonly oid: string; readonly name?: string };
  /** 可設定的應用系統類別; absent likewise. */
  readonly categories?: readonly { readonly id: string; readonly name: string }[];
}

export interface RegistryFrame {
  of(state: RegistryState, current: RegistryPlaceId): Promise<RegistryFrameModel>;
}

interface Dependencies {
  readonly navigation: Navigation;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly organizations: Pick<OrganizationDirectory, 'findOrganization'>;
}

export function createRegistryFrame(deps: Dependencies): RegistryFrame {
  return {
    async of(state, current) {
      const { account, actor } = state;
      const office = account.office === 'manager' ? 'manager' : 'programme-officer';
      const places = registryPlaces
        .filter(({ rule }: { rule: RouteRule }) => rule.offices.includes(office))
        .map(({ id, href }) => ({ id, href, current: id === current }));
      const frame = { navigation: deps.navigation.of(state, 'registry'), office, places } as const;
      if (office === 'programme-officer') return frame;
      const [organization, { categories }] = await Promise.all([
        deps.organizations.findOrganization(actor, actor.scopeOid),
        deps.catalogue.readCatalogue(),
      ]);
      const names = new Map(categories.map(({ id, name }) => [id, name]));
      const own = account.agency.oid === actor.scopeOid ? account.agency.name : undefined;
      const name = organization?.name ?? own;
      return {
        ...frame,
        jurisdiction: { oid: actor.scopeOid, ...(name !== undefined && { name }) },
        categories: actor.categories.map((id) => ({ id, name: names.get(id) ?? id })),
      };
    },
  };
}
