/** What programme officers do to organisations: add one, or give one another name or code. */
import { auditedChange } from '#audit/audited-change.ts';
import { differences, keptThingChanged } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Organization, OrganizationDirectory } from '#domain/directory.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { parseOid } from '#domain/oid.ts';

export interface TypedOrganization {
  readonly oid: string;
  readonly name: string;
  readonly code: string;
}

export type OrganizationField = keyof TypedOrganization;

export type OrganizationVerdict =
  | { readonly ok: true; readonly organization: Organization }
  | { readonly ok: false; readonly faults: readonly OrganizationField[] };

/** A name of one line up to 200 characters; a code of up to 20 letters and digits, or none. */
export function judgeOrganization({
  oid: typedOid,
  name: typedName,
  code: typedCode,
}: TypedOrganization): OrganizationVerdict {
  const oid = parseOid(typedOid.trim());
  const name = typedName.normalize('NFC').trim();
  const code = typedCode.trim();
  const isName = name !== '' && [...name].length <= 200 && !/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u.test(name);
  const faults: OrganizationField[] = [
    ...(oid ? [] : ['oid' as const]),
    ...(isName ? [] : ['name' as const]),
    ...(/^[A-Za-z0-9]{0,20}$/.test(code) ? [] : ['code' as const]),
  ];
  if (!oid || faults.length > 0) return { ok: false, faults };
  return { ok: true, organization: { oid, name, ...(code !== '' && { code }) } };
}

/** A field that is malformed, or the OID of an organisation that is there already. */
export type OrganizationFault = OrganizationField | 'oid-taken';

export type OrganizationOutcome =
  | { readonly ok: true; readonly organization: Organization }
  | { readonly ok: false; readonly faults: readonly OrganizationFault[] };

export interface OrganizationDeeds {
  /** An OID that is there already is a fault, `oid-taken`; what is there stays as it is. */
  add(actor: Actor, typed: TypedOrganization, context: AuditContext): Promise<OrganizationOutcome>;
  /** `seen` is what the form was made from; throws `changed-meanwhile` when it is another by now. */
  change(
    actor: Actor,
    seen: Organization,
    typed: TypedOrganization,
    context: AuditContext,
  ): Promise<OrganizationOutcome>;
}

interface Dependencies {
  readonly organizations: Pick<
    OrganizationDirectory,
    'findOrganization' | 'addOrganization' | 'changeOrganization'
  >;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
}

export function createOrganizationDeeds({ organizations, audit }: Dependencies): OrganizationDeeds {
  async function put(
    actor: Actor,
    context: AuditContext,
    verb: 'add' | 'change',
    states: { readonly before?: Organization; readonly after: Organization },
  ): Promise<OrganizationOutcome> {
    const { before, after } = states;
    const changes = differences({ ...before }, { ...after });
    const event = keptThingChanged(context, `organization.${verb}`, { id: after.oid, changes });
    await auditedChange(audit, event, () =>
      before
        ? organizations.changeOrganization(actor, before, after)
        : organizations.addOrganization(actor, after),
    );
    return { ok: true, organization: after };
  }

  return {
    async add(actor, typed, context) {
      const verdict = judgeOrganization(typed);
      if (!verdict.ok) return verdict;
      const { organization } = verdict;
      if (await organizations.findOrganization(actor, organization.oid))
        return { ok: false, faults: ['oid-taken'] };
      try {
        return await put(actor, context, 'add', { after: organization });
      } catch (error) {
        // Somebody else was first in between.
        if (!isHufuError(error, 'not-unique')) throw error;
        return { ok: false, faults: ['oid-taken'] };
      }
    },

    async change(actor, seen, typed, context) {
      const verdict = judgeOrganization({ ...typed, oid: seen.oid });
      if (!verdict.ok) return verdict;
      const current = await organizations.findOrganization(actor, seen.oid);
      if (current?.name !== seen.name || current.code !== seen.code) throw new HufuError('changed-meanwhile');
      return put(actor, context, 'change', { before: current, after: verdict.organization });
    },
  };
}
