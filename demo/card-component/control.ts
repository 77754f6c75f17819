/** What tests and the control page do at the desk. */
import { z } from 'zod';
import { lastErrors, retCodes } from './codes.ts';
import type { Desk } from './desk.ts';

const slot = z.int().min(0).max(3);

/** Carried out in the order of the keys. */
export const controlSchema = z.strictObject({
  reset: z.literal(true).optional(),
  readers: z.int().min(0).max(4).optional(),
  insert: z.strictObject({ card: z.string(), slot: slot.default(0) }).optional(),
  remove: z.strictObject({ slot: slot.default(0) }).optional(),
  /** Id of a card. */
  unlock: z.string().optional(),
  /** Ids of cards that have an issuer here. */
  revoke: z.string().optional(),
  restore: z.string().optional(),
  switches: z
    .strictObject({
      installed: z.boolean(),
      domainAllowed: z.boolean(),
      cancels: z.boolean(),
      sha1: z.boolean(),
      encryptionCertificate: z.boolean(),
      delaySeconds: z.number().min(0).max(120),
    })
    .partial()
    .optional(),
  /** Every request to sign is answered so, until null. */
  failWith: z
    .strictObject({
      retCode: z.literal(keysOf(retCodes)),
      lastError: z.literal(keysOf(lastErrors)).default('none'),
    })
    .nullable()
    .optional(),
});

export type Control = z.infer<typeof controlSchema>;

/** False: it names a card or reader that is not there; what comes before it has been done. */
export function control(desk: Desk, wanted: Control): boolean {
  if (wanted.reset) desk.reset();
  if (wanted.readers !== undefined) desk.setReaders(wanted.readers);
  if (wanted.insert && !desk.insert(wanted.insert.card, wanted.insert.slot)) return false;
  if (wanted.remove) desk.remove(wanted.remove.slot);
  const cardNamed = (wantedId: string) => desk.cards.find(({ id }) => id === wantedId);
  if (wanted.unlock !== undefined) {
    const card = cardNamed(wanted.unlock);
    if (!card) return false;
    card.unlock();
  }
  for (const [id, revoked] of [
    [wanted.revoke, true],
    [wanted.restore, false],
  ] as const) {
    if (id === undefined) continue;
    const standing = cardNamed(id)?.standing;
    if (!standing) return false;
    standing.setRevoked(revoked);
  }
  if (wanted.switches) desk.switch(definedOf(wanted.switches));
  if (wanted.failWith !== undefined) desk.failWith(wanted.failWith ?? undefined);
  return true;
}

/** The desk as tests and the page see it. */
export function deskState({ slots, cards, switches, failure }: Desk) {
  return {
    slots: slots.map(({ description, card }) => ({ description, card: card?.id ?? null })),
    switches,
    failWith: failure ?? null,
    cards: cards.map(({ id, holder, holderEn, shows, pin, cardNumber, triesLeft, standing }) => ({
      id,
      holder,
      holderEn,
      shows,
      pin,
      cardNumber,
      triesLeft,
      revoked: standing?.isRevoked() ?? null,
    })),
  };
}

export type DeskState = ReturnType<typeof deskState>;

type Defined<Value> = { readonly [Key in keyof Value]?: Exclude<Value[Key], undefined> };

function definedOf<Value extends object>(value: Value): Defined<Value> {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as Defined<Value>;
}

function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}
