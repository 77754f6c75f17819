/**
 * Accounts as programs give them: organisations are named by their OID, and name and code are the directory's, as in forms and
 * imports. What lies outside the program's part of the tree is left to the deed, which refuses it and says so in the trail.
 */
import { z } from 'zod';
import { accountFields } from '#accounts/account-fields.ts';
import { accountEditSchema, type AccountEdit } from '#accounts/management/modify-account.ts';
import { managedAccountSchema, type ManagedAccountInput } from '#accounts/management/open-managed-account.ts';
import type { Agency, Unit } from '#domain/account.ts';
import type { ClientActor } from '#domain/actor.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { isUnder, type Oid } from '#domain/oid.ts';
import { mayNameAgency, mayPlace } from '#domain/permission.ts';
import { ApiProblem } from './problem.ts';

const place = z
  .strictObject({
    oid: accountFields.jurisdictionOid,
    name: z.string().max(200).exactOptional(),
    code: z.string().max(20).exactOptional(),
  })
  .describe(
    'An organisation of the directory, by its OID; name and code are the directory’s, not what is sent.',
  );

export const openingSchema = managedAccountSchema.extend({
  agency: place.exactOptional(),
  unit: place.exactOptional(),
});
export const editSchema = accountEditSchema.extend({
  agency: place.exactOptional(),
  unit: place.nullable().exactOptional(),
});

export type OpeningInput = z.infer<typeof openingSchema>;
export type EditInput = z.infer<typeof editSchema>;

type Organizations = Pick<OrganizationDirectory, 'findOrganization'>;

/** Throws ApiProblem `invalid-input` for an organisation that there is not. */
export async function openingOfInput(
  organizations: Organizations,
  actor: ClientActor,
  { agency, unit, ...rest }: OpeningInput,
): Promise<ManagedAccountInput> {
  return {
    ...rest,
    ...(agency && { agency: await agencyAt(organizations, actor, agency.oid) }),
    ...(unit && { unit: await unitAt(organizations, actor, unit.oid) }),
  };
}

/** As above. */
export async function editOfInput(
  organizations: Organizations,
  actor: ClientActor,
  { agency, unit, ...rest }: EditInput,
): Promise<AccountEdit> {
  return {
    ...rest,
    ...(agency && { agency: await agencyAt(organizations, actor, agency.oid) }),
    ...(unit !== undefined && { unit: unit && (await unitAt(organizations, actor, unit.oid)) }),
  };
}

async function unitAt(organizations: Organizations, actor: ClientActor, oid: Oid): Promise<Unit> {
  if (!mayPlace(actor, oid).ok) return { oid, name: oid };
  const found = await organizations.findOrganization(actor, oid);
  if (!found) throw unknown('unit');
  return { oid, name: found.name };
}

/** The whole of what a client sees may be a part of the agency, which then lies above it. */
const above = { kind: 'system', purpose: 'managers' } as const;

async function agencyAt(organizations: Organizations, actor: ClientActor, oid: Oid): Promise<Agency> {
  if (!mayNameAgency(actor, oid).ok) return { oid, name: oid, code: '' };
  const looker = isUnder(oid, actor.scopeOid) ? actor : above;
  const found: Organization | undefined = await organizations.findOrganization(looker, oid);
  if (found?.code === undefined) throw unknown('agency');
  return { oid, name: found.name, code: found.code };
}

function unknown(field: 'agency' | 'unit'): ApiProblem {
  return new ApiProblem('invalid-input', {
    errors: [
      {
        path: `${field}.oid`,
        expected: `an ${field === 'agency' ? 'agency' : 'organisation'} of the directory`,
      },
    ],
  });
}
