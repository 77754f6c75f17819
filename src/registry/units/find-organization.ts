/** An organisation as people name one in a field: by its OID, by the OID with the name after it, or by (a part of) its name. */
import type { Actor } from '#domain/actor.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import { mayPlace } from '#domain/permission.ts';

export type FoundOrganization =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly organization: Organization }
  /** An OID that the actor's part of the tree does not have. */
  | { readonly kind: 'unknown-oid'; readonly oid: Oid }
  | { readonly kind: 'unknown' }
  /** More than one has this in its name. */
  | { readonly kind: 'several' };

/** Looks within what the actor sees. */
export type FindOrganization = (actor: Actor, typed: string) => Promise<FoundOrganization>;

/** Enough to tell that a name is not the only one. */
const looked = 20;

export function createFindOrganization(
  organizations: Pick<OrganizationDirectory, 'findOrganization' | 'searchOrganizations'>,
): FindOrganization {
  return async (actor, typed) => {
    const text = typed.normalize('NFKC').trim();
    if (text === '') return { kind: 'none' };
    const oid = parseOid(/^[0-9.]+(?=\s|$)/.exec(text)?.[0] ?? '');
    if (oid) {
      const organization = await organizations.findOrganization(actor, oid);
      return organization ? { kind: 'found', organization } : { kind: 'unknown-oid', oid };
    }
    const hits = await organizations.searchOrganizations(actor, text, looked);
    const exact = hits.filter(({ name }) => name === text);
    const [organization, ...others] = exact.length > 0 ? exact : hits;
    if (!organization) return { kind: 'unknown' };
    return others.length > 0 ? { kind: 'several' } : { kind: 'found', organization };
  };
}

/**
 * The unit that was typed when it lies where the actor may place nobody: forms hand it on, so that the deed refuses it and the trail
 * has the attempt. Undefined for everything else.
 */
export function outsideUnit(actor: Actor, found: FoundOrganization): Organization | undefined {
  if (found.kind !== 'unknown-oid' || mayPlace(actor, found.oid).ok) return undefined;
  return { oid: found.oid, name: found.oid };
}

/** How a field shows an organisation, in a form that it reads back. */
export function organizationText({ oid, name }: Pick<Organization, 'oid' | 'name'>): string {
  return `${oid} ${name}`;
}
