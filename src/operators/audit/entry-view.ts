import type { ChainedEntry } from '#domain/audit-store.ts';
import type { AuditEntryModel, ShownEntry } from './audit-model.ts';

/** What an entry says, read back from its canonical text; undefined for what is none. */
export type EntryReader = (entry: string) => EntryFields | undefined;

export interface EntryFields {
  readonly reason?: string;
  readonly actor: string;
  readonly onAccount?: string;
  readonly unitOid?: string;
  readonly clientId?: string;
  readonly requestId?: string;
  readonly form?: string;
  readonly settles?: string;
  readonly id: string;
  readonly evidence: Readonly<Record<string, string>>;
  readonly personal: Readonly<Record<string, string>>;
}

export function shownEntry({ sequence, entry, index }: ChainedEntry, readEntry: EntryReader): ShownEntry {
  const reason = readEntry(entry)?.reason;
  const { time, action, outcome, actor, onAccount, unitOid } = index;
  return {
    sequence,
    href: `/operators/audit/${sequence}`,
    time,
    action,
    outcome,
    actor,
    ...(reason !== undefined && { reason }),
    ...(onAccount !== undefined && { onAccount }),
    ...(unitOid !== undefined && { unitOid }),
  };
}

const factNames = [
  'actor',
  'onAccount',
  'unitOid',
  'reason',
  'clientId',
  'requestId',
  'form',
  'settles',
  'id',
] as const;

type Details = Pick<AuditEntryModel, 'facts' | 'evidence' | 'personal'>;

/** Every field of an entry; `nameOf` gives the name of an account that still exists. */
export async function entryDetails(
  { personal }: ChainedEntry,
  fields: EntryFields,
  nameOf: (text: string) => Promise<string | undefined>,
): Promise<Details> {
  const facts = factNames.flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const named = facts.map(async (fact) => {
    const about = fact.name === 'actor' || fact.name === 'onAccount';
    const person = about ? await nameOf(fact.value.replace(/^person:/, '')) : undefined;
    return { ...fact, ...(person !== undefined && { person }) };
  });
  return {
    facts: await Promise.all(named),
    evidence: Object.entries(fields.evidence).map(([name, value]) => ({ name, value })),
    personal: Object.keys(fields.personal).map((name) => {
      const value = personal[name]?.value;
      return { name, ...(value !== undefined && { value }) };
    }),
  };
}
