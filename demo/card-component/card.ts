/** A simulated card: two certificates with their keys behind a PIN that locks after three wrong ones. */
import type { Issued } from '../pki/authority.ts';
import type { LastError } from './codes.ts';

export interface CardDescription {
  /** Stable, for the control page and tests. */
  readonly id: string;
  readonly holder: string;
  readonly holderEn: string;
  /** What is to be seen with this card, in few words. */
  readonly shows: { readonly zh: string; readonly en: string };
  /** 16 characters, printed on the card. */
  readonly cardNumber: string;
  readonly label: string;
  readonly pin: string;
  /** cert1; a card may be without. */
  readonly signing?: Issued;
  /** cert2. */
  readonly encryption?: Issued;
  /** The issuer's say over the card; absent: it has none here. */
  readonly standing?: Standing;
}

export interface Standing {
  isRevoked(): boolean;
  setRevoked(revoked: boolean): void;
}

export interface Card extends CardDescription {
  readonly triesLeft: number;
  /** Undefined: the PIN is right. A wrong one is counted, a right one gives the tries back. */
  enterPin(pin: string): LastError | undefined;
  unlock(): void;
}

const allTries = 3;

export function createCard(description: CardDescription): Card {
  let triesLeft = allTries;
  return {
    ...description,
    get triesLeft() {
      return triesLeft;
    },
    enterPin(pin) {
      if (triesLeft === 0) return 'locked';
      if (pin.length < 6 || pin.length > 8) return 'pinLength';
      if (pin === description.pin) {
        triesLeft = allTries;
        return undefined;
      }
      triesLeft -= 1;
      if (triesLeft === 0) return 'locked';
      return triesLeft === 1 ? 'oneTryLeft' : 'twoTriesLeft';
    },
    unlock() {
      triesLeft = allTries;
    },
  };
}
