import { checkNode } from './check-node.ts';
import type { ConfigFault } from './config-error.ts';
import { readLayer } from './read-layer.ts';
import { checkCatalogue } from './rules/catalogue.ts';
import { catalogueSchema, type CatalogueValues } from './schema/catalogue.ts';

type CategoryValues = CatalogueValues['categories'][number];

/** A catalogue in the shape of the domain's Catalogue: every role names its category. */
export interface CatalogueConfig {
  readonly categories: readonly (Omit<CategoryValues, 'roles'> & {
    readonly roles: readonly (CategoryValues['roles'][number] & { readonly category: string })[];
  })[];
  readonly systems: CatalogueValues['systems'];
}

export function readCatalogue(file: string, faults: ConfigFault[]): CatalogueConfig | undefined {
  const root = readLayer(file, faults);
  const values = root && checkNode(catalogueSchema, root, {}, checkCatalogue, faults);
  return (
    values && {
      categories: values.categories.map((category) => ({
        ...category,
        roles: category.roles.map((role) => ({ ...role, category: category.id })),
      })),
      systems: values.systems,
    }
  );
}
