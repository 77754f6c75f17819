/** Sets what an account's holder may do for others: office, jurisdiction and categories. By programme officers alone. */
import { officeSet } from '#audit/management-events.ts';
import type { Account, Office } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { CatalogueDirectory } from '#domain/directory.ts';
import type { Oid } from '#domain/oid.ts';
import type { Warrant } from '../warrant.ts';
import type { DeedOutcome, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';

export interface OfficeHeld {
  readonly office: Office;
  readonly jurisdictionOid: Oid;
  /** Categories of which roles may be given; of meaning for managers. */
  readonly categories: readonly string[];
}

export type SetOffice = (
  actor: Actor,
  target: Target,
  held: OfficeHeld,
  warrant: Warrant,
  context: AuditContext,
) => Promise<DeedOutcome>;

interface Dependencies extends ManagedChangeDeps {
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
}

/** Takes effect at the person's next request: what they may is read from the account each time. */
export function createSetOffice(deps: Dependencies): SetOffice {
  const managedChange = createManagedChange(deps);
  return async (actor, target, held, warrant, context) => {
    const asked = { actor, deed: 'set-office', context } as const;
    const catalogue = await deps.catalogue.readCatalogue();
    return managedChange(asked, target, (account): Plan => {
      const unknown = unknownCategory(catalogue, held.categories);
      if (unknown !== undefined) return { kind: 'refused', why: 'unknown-category', about: unknown };
      const before = factsOf(account);
      const after = factsOf(held);
      const fields = (['office', 'jurisdictionOid', 'categories'] as const).filter(
        (field) => before[field] !== after[field],
      );
      if (fields.length === 0) return { kind: 'same' };
      const plain = Object.fromEntries(
        fields.map((field) => [field, { before: before[field], after: after[field] }]),
      );
      const event = officeSet(context, {
        account,
        revision: account.revision + 1,
        form: warrant.form,
        evidence: { reason: warrant.reason },
        changes: { plain },
      });
      return { kind: 'change', change: { ...held }, event };
    });
  };
}

/** The first of `categories` that the catalogue does not have. */
export function unknownCategory(catalogue: Catalogue, categories: readonly string[]): string | undefined {
  return categories.find((category) => !catalogue.categories.some(({ id }) => id === category));
}

function factsOf({
  office,
  jurisdictionOid,
  categories,
}: OfficeHeld | Pick<Account, 'office' | 'jurisdictionOid' | 'categories'>) {
  return { office, jurisdictionOid, categories: categories.toSorted().join(' ') };
}
