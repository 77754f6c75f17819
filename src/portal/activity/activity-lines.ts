/** Entries of the trail as lines of the person's own log. Who did it is said by name and office, never by address. */
import { isReportable } from '#accounts/misuse-rules.ts';
import { parseAccountId, type Account, type AccountId } from '#domain/account.ts';
import type { AccountTrailEntry } from '#domain/account-trail.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { Language } from '#http/request-state.ts';
import { translate } from '#pages/messages/translate.ts';
import { textOfFact, trailWords } from '#pages/trail-words.ts';
import { portalClientId } from '../session/portal-session.ts';
import type { ShownActivity } from './activity-model.ts';

export interface LineDependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly findRelyingParty: (clientId: string) => RelyingParty | undefined;
}

export interface Reader {
  readonly account: Pick<Account, 'id'>;
  readonly language: Language;
  /** Ids of entries that have been reported. */
  readonly reported: ReadonlySet<string>;
}

export type ActivityLines = (
  entries: readonly AccountTrailEntry[],
  reader: Reader,
) => Promise<readonly ShownActivity[]>;

export const reportPath = '/activity/report';

/** Managers are named to the person whose account they changed, whatever the person's own scope. */
const asking = { kind: 'system', purpose: 'managers' } as const;

type Fact = ShownActivity['facts'][number];

export function createActivityLines({ accounts, findRelyingParty }: LineDependencies): ActivityLines {
  const partyName = (id: string, language: Language): string => {
    const party = findRelyingParty(id);
    return (language === 'en' && party?.nameEn) || party?.name || id;
  };

  async function personName(id: AccountId, language: Language): Promise<string> {
    const account = await accounts.findAccount(asking, id);
    if (!account) return translate(language, 'trail.by.gone');
    const office = translate(language, `trail.office.${account.office}`);
    return translate(language, 'trail.by.person', { name: account.name, office });
  }

  async function actorName(actor: string, language: Language): Promise<string> {
    const id = parseAccountId(actor.replace(/^person:/, ''));
    if (id) return personName(id, language);
    if (actor.startsWith('client:'))
      return translate(language, 'trail.by.client', { client: partyName(actor.slice(7), language) });
    return translate(language, actor === 'system:command' ? 'trail.by.command' : 'trail.by.system');
  }

  /** One question to the directory for each of the others that a page names. */
  async function actorNames(
    entries: readonly AccountTrailEntry[],
    { account, language }: Reader,
  ): Promise<ReadonlyMap<string, string>> {
    const actors = new Set(entries.map(({ actor }) => actor).filter((actor) => !isOwn(actor, account.id)));
    return new Map(
      await Promise.all([...actors].map(async (actor) => [actor, await actorName(actor, language)] as const)),
    );
  }

  return async (entries, reader) => {
    const { account, language, reported } = reader;
    const names = await actorNames(entries, reader);
    return entries.flatMap((entry): readonly ShownActivity[] => {
      const words = trailWords(entry);
      if (!words) return [];
      const isReported = reported.has(entry.id);
      const facts = words.facts.map((fact) => ({ label: fact.label, text: textOfFact(fact, language) }));
      return [
        {
          time: entry.time,
          ...words,
          facts: [...systemFact(entry, language, partyName), ...byFact(names.get(entry.actor)), ...facts],
          ...addressOf(entry, account.id),
          ...(isReportable(entry, account.id) && !isReported && { reportHref: reportHref(entry.id) }),
          isReported,
        },
      ];
    });
  };
}

export function reportHref(entryId: string): string {
  return `${reportPath}?${new URLSearchParams({ entry: entryId }).toString()}`;
}

/** What was done by whoever was, or acted as, the person. */
function isOwn(actor: string, accountId: string): boolean {
  return actor === 'anonymous' || actor === `person:${accountId}`;
}

function systemFact(
  { clientId }: AccountTrailEntry,
  language: Language,
  nameOf: (id: string, language: Language) => string,
): readonly Fact[] {
  if (clientId === undefined) return [];
  const text = clientId === portalClientId ? translate(language, 'home.title') : nameOf(clientId, language);
  return [{ label: 'trail.fact.system', text }];
}

function byFact(name: string | undefined): readonly Fact[] {
  return name === undefined ? [] : [{ label: 'trail.fact.by', text: name }];
}

/** Where a manager sat tells of the manager, and is not for the person. */
function addressOf({ actor, address }: AccountTrailEntry, accountId: string): Pick<ShownActivity, 'address'> {
  if (!address || !isOwn(actor, accountId)) return {};
  return { address: { ...address, isCut: address.value === undefined } };
}
