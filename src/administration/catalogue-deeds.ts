/**
 * What programme officers do to the catalogue: add, change and remove a category, a role or a system. Each is judged by the
 * rules of the catalogue file and carried out, on the state that was seen, between intent and outcome in the audit trail.
 */
import { createHash } from 'node:crypto';
import { auditedChange } from '#audit/audited-change.ts';
import { differences, keptThingChanged } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import {
  findEntry,
  nameOfEntry,
  type CatalogueEntry,
  type CatalogueName,
  type CatalogueRegister,
  type CatalogueRemovals,
} from '#domain/catalogue-register.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { isHeld, type FindIdHolders } from './id-holders.ts';

/** The keys of the entry that are at fault. */
export type JudgeEntry = (entry: CatalogueEntry, catalogue: Catalogue) => readonly string[];

export type CatalogueOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Faults are keys of the entry, or `held`: somebody holds the id, from before it was removed. `seen` is the mark of the state
 * that the form was made from; another one by now throws `changed-meanwhile`.
 */
export interface CatalogueDeeds {
  add(actor: Actor, entry: CatalogueEntry, context: AuditContext): Promise<CatalogueOutcome>;
  change(actor: Actor, entry: CatalogueEntry, seen: string, context: AuditContext): Promise<CatalogueOutcome>;
  /**
   * What somebody still holds is not removed, which is the fault `held`. A category that still has roles is not either: throws
   * `changed-meanwhile`.
   */
  remove(actor: Actor, name: CatalogueName, seen: string, context: AuditContext): Promise<CatalogueOutcome>;
}

interface Dependencies {
  readonly register: CatalogueRegister;
  readonly removals: Pick<CatalogueRemovals, 'noteRemoval' | 'forgetRemoval'>;
  readonly judge: JudgeEntry;
  readonly findHolders: FindIdHolders;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
}

/** Tells two states of an entry apart. */
export function markOf(entry: CatalogueEntry): string {
  const fields = Object.entries(fieldsOf(entry)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([entry.kind, fields]))
    .digest('base64url')
    .slice(0, 22);
}

export function createCatalogueDeeds(deps: Dependencies): CatalogueDeeds {
  const { register, removals, judge, audit, findHolders } = deps;
  const eventOf = (
    context: AuditContext,
    verb: string,
    name: CatalogueName,
    states: { readonly before?: CatalogueEntry; readonly after?: CatalogueEntry },
  ) => {
    const { before, after } = states;
    const changes = differences(before ? fieldsOf(before) : {}, after ? fieldsOf(after) : {});
    return keptThingChanged(context, `${name.kind}.${verb}`, { id: name.id, changes });
  };

  async function getSeen(name: CatalogueName, seen: string): Promise<CatalogueEntry> {
    const current = findEntry(await register.readCatalogueNow(), name);
    if (!current || markOf(current) !== seen) throw new HufuError('changed-meanwhile');
    return current;
  }

  /** The directory keeps codes apart within a category; whether another one has been given the same role meanwhile, not. */
  async function addAlone(actor: Actor, entry: CatalogueEntry): Promise<void> {
    await register.addEntry(actor, entry);
    if (entry.kind !== 'role') return;
    const { code } = entry.role;
    const { categories } = await register.readCatalogueNow();
    const holding = categories.filter(({ roles }) => roles.some((role) => role.code === code));
    if (holding.length <= 1) return;
    await register.removeEntry(actor, entry);
    throw new HufuError('not-unique', { facts: { kind: 'role', id: code } });
  }

  return {
    async add(actor, entry, context) {
      const name = nameOfEntry(entry);
      const catalogue = await register.readCatalogueNow();
      const idKey = entry.kind === 'role' ? 'code' : 'id';
      if (findEntry(catalogue, name)) return { ok: false, faults: [idKey] };
      const faults = judge(entry, catalogue);
      if (faults.length > 0) return { ok: false, faults };
      if (isHeld(await findHolders(name, catalogue))) return { ok: false, faults: ['held'] };
      try {
        await auditedChange(audit, eventOf(context, 'add', name, { after: entry }), () =>
          addAlone(actor, entry),
        );
      } catch (error) {
        if (isHufuError(error, 'not-unique')) return { ok: false, faults: [idKey] };
        // The category that it was to lie in has just gone.
        if (isHufuError(error, 'changed-meanwhile')) return { ok: false, faults: ['category'] };
        throw error;
      }
      await removals.forgetRemoval(name);
      return { ok: true };
    },

    async change(actor, entry, seen, context) {
      const name = nameOfEntry(entry);
      const before = await getSeen(name, seen);
      const faults = judge(entry, await register.readCatalogueNow());
      if (faults.length > 0) return { ok: false, faults };
      await auditedChange(audit, eventOf(context, 'change', name, { before, after: entry }), () =>
        register.changeEntry(actor, before, entry),
      );
      return { ok: true };
    },

    async remove(actor, name, seen, context) {
      const before = await getSeen(name, seen);
      if (isHeld(await findHolders(name, await register.readCatalogueNow())))
        return { ok: false, faults: ['held'] };
      // First: whatever breaks off in between, the configured catalogue must not bring back what was to go.
      await removals.noteRemoval(name);
      await auditedChange(audit, eventOf(context, 'remove', name, { before }), () =>
        register.removeEntry(actor, before),
      );
      return { ok: true };
    },
  };
}

function fieldsOf(entry: CatalogueEntry): Readonly<Record<string, unknown>> {
  if (entry.kind === 'category') return { ...entry.category };
  return entry.kind === 'role' ? { ...entry.role } : { ...entry.system };
}
