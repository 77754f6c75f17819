/** Judges lines for one actor: their fields → their places → both ceilings; places are looked up once each. */
import type { Agency } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type {
  AccountDirectory,
  CatalogueDirectory,
  Organization,
  OrganizationDirectory,
} from '#domain/directory.ts';
import type { Oid } from '#domain/oid.ts';
import { mayPlace } from '#domain/permission.ts';
import { findSeat, type ManagedAccountInput, type Seat } from '../management/open-managed-account.ts';
import type { ImportCells } from './import-columns.ts';
import { judgeGrants, readLine, type LineFault, type ReadLine } from './line-rules.ts';

export type LineVerdict =
  | { readonly ok: true; readonly input: ManagedAccountInput }
  | { readonly ok: false; readonly faults: readonly LineFault[] };

export type JudgeLine = (cells: ImportCells) => Promise<LineVerdict>;

export interface LineJudgeDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly organizations: Pick<OrganizationDirectory, 'findOrganization'>;
  readonly catalogue: Pick<CatalogueDirectory, 'readCatalogue'>;
  readonly clock: Clock;
}

type Placed = { readonly ok: true; readonly agency?: Agency; readonly unit?: Organization };
type Misplaced = { readonly ok: false; readonly fault: LineFault };

/** Throws what the directory throws. */
export async function createLineJudge(deps: LineJudgeDeps, actor: Actor): Promise<JudgeLine> {
  const seat = await findSeat(deps, actor);
  const looked = new Map<Oid, Promise<Organization | undefined>>();

  function look(oid: Oid): Promise<Organization | undefined> {
    const found = looked.get(oid) ?? deps.organizations.findOrganization(actor, oid);
    looked.set(oid, found);
    return found;
  }

  async function placeOf({ agencyOid, unitOid }: ReadLine): Promise<Placed | Misplaced> {
    const chosen = await agencyOf(seat, agencyOid);
    if (!chosen.ok) return chosen;
    const place = unitOid ?? chosen.agency?.oid ?? seat.agency?.oid;
    // What lies outside is refused as that, whether it exists or not.
    if (place !== undefined && !mayPlace(actor, place).ok)
      return misplaced('unitOid', 'outside-jurisdiction');
    if (unitOid === undefined) return chosen;
    const unit = await look(unitOid);
    return unit ? { ...chosen, unit } : misplaced('unitOid', 'unknown-unit');
  }

  async function agencyOf({ agency: own }: Seat, oid: Oid | undefined): Promise<Placed | Misplaced> {
    if (own)
      return oid === undefined || oid === own.oid ? { ok: true } : misplaced('agencyOid', 'agency-not-own');
    if (oid === undefined) return misplaced('agencyOid', 'missing');
    const found = await look(oid);
    if (found?.code === undefined) return misplaced('agencyOid', 'unknown-agency');
    return { ok: true, agency: { oid, code: found.code, name: found.name } };
  }

  return async (cells) => {
    const reading = readLine(cells);
    if (!reading.ok) return reading;
    const { agencyOid: _agencyOid, unitOid: _unitOid, ...fields } = reading.line;
    const placed = await placeOf(reading.line);
    const catalogue = await deps.catalogue.readCatalogue();
    const faults = judgeGrants(actor, catalogue, dayOf(deps.clock.now()), fields.grants);
    if (!placed.ok) return { ok: false, faults: [placed.fault, ...faults] };
    if (faults.length > 0) return { ok: false, faults };
    const { agency, unit } = placed;
    const places = { ...(agency && { agency }), ...(unit && { unit: { oid: unit.oid, name: unit.name } }) };
    return { ok: true, input: { ...fields, ...places } };
  };
}

function misplaced(column: LineFault['column'], fault: LineFault['fault']): Misplaced {
  return { ok: false, fault: { column, fault } };
}
