/** What lies on the desk: readers, the cards in them, and what has been set to go wrong. */
import type { Card } from './card.ts';
import type { Failure } from './codes.ts';

export interface Switches {
  /** Off: nothing answers, as if the component were not installed. */
  readonly installed: boolean;
  readonly domainAllowed: boolean;
  /** The person presses “cancel” whenever a PIN would be used. */
  readonly cancels: boolean;
  /** Signs with SHA-1 whatever is asked. */
  readonly sha1: boolean;
  /** Signs with cert2, the certificate for encryption. */
  readonly encryptionCertificate: boolean;
  readonly delaySeconds: number;
}

export interface Slot {
  readonly description: string;
  readonly card?: Card;
}

export interface Desk {
  readonly cards: readonly Card[];
  readonly slots: readonly Slot[];
  readonly switches: Switches;
  /** What every request to sign is answered, whatever is in the reader. */
  readonly failure: Failure | undefined;
  setReaders(count: number): void;
  /** A card is in one reader at a time. False: there is no such card or reader. */
  insert(cardId: string, slot: number): boolean;
  remove(slot: number): void;
  switch(changed: Partial<Switches>): void;
  failWith(failure: Failure | undefined): void;
  /** One reader without a card, every card unlocked, nothing set to go wrong. */
  reset(): void;
}

const asNew: Switches = {
  installed: true,
  domainAllowed: true,
  cancels: false,
  sha1: false,
  encryptionCertificate: false,
  delaySeconds: 0,
};

export function createDesk(cards: readonly Card[]): Desk {
  let slots: Slot[] = readers(1);
  let switches = asNew;
  let failure: Failure | undefined;
  const desk: Desk = {
    cards,
    get slots() {
      return slots;
    },
    get switches() {
      return switches;
    },
    get failure() {
      return failure;
    },
    setReaders(count) {
      slots = readers(count).map((slot, at) => slots[at] ?? slot);
    },
    insert(cardId, at) {
      const card = cards.find(({ id }) => id === cardId);
      if (!card || !slots[at]) return false;
      slots = slots.map(({ description, card: present }, index) => {
        const stays = index === at ? card : present === card ? undefined : present;
        return { description, ...(stays && { card: stays }) };
      });
      return true;
    },
    remove(at) {
      slots = slots.map((slot, index) => (index === at ? { description: slot.description } : slot));
    },
    switch(changed) {
      switches = { ...switches, ...changed };
    },
    failWith(wanted) {
      failure = wanted;
    },
    reset() {
      slots = readers(1);
      switches = asNew;
      failure = undefined;
      for (const card of cards) card.unlock();
    },
  };
  return desk;
}

function readers(count: number): Slot[] {
  return Array.from({ length: count }, (_, at) => ({ description: `Hufu Demo Smart Card Reader ${at}` }));
}
