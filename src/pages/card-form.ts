/** The form that a card signs, as pages include it (partials/card-form.hbs): what it needs besides its page. */
import { cardOutcomes, type CardOutcome } from './card-outcomes.ts';

export interface CardFormModel {
  /** Where the signature is posted to, as `signature`: base64 of the CMS structure. */
  readonly action: string;
  readonly csrf: string;
  /** What the signature is for; its words are `card.signs.<purpose>` and `card.submit.<purpose>`. */
  readonly purpose: 'login' | 'register';
  /** The host that the signature names. */
  readonly host: string;
  /** What is signed. */
  readonly challenge: string;
  /** A GET that asks for JSON gets a new challenge from here, as ChallengeAnswer. */
  readonly challengeHref: string;
  /** The component's pop-up pages, separated by spaces. */
  readonly addresses: string;
  readonly downloadHref: string;
  readonly unlockHref: string;
  readonly outcomes: readonly CardOutcome[];
}

/** What a script gets for a new challenge. */
export interface ChallengeAnswer {
  readonly challenge: string;
}

export interface CardComponentSettings {
  /** Addresses of the component's pop-up page, tried in this order. */
  readonly addresses: readonly string[];
  /** Where people get the component. */
  readonly downloadUrl: string;
  /** Where people unlock a card that has locked itself. */
  readonly unlockUrl: string;
}

export type CardForms = (
  part: Pick<CardFormModel, 'action' | 'csrf' | 'purpose' | 'challenge' | 'challengeHref'>,
) => CardFormModel;

export function createCardForms(issuer: string, component: CardComponentSettings): CardForms {
  const { hostname } = new URL(issuer);
  return (part) => ({
    ...part,
    host: hostname,
    addresses: component.addresses.join(' '),
    downloadHref: component.downloadUrl,
    unlockHref: component.unlockUrl,
    outcomes: cardOutcomes,
  });
}
