/** What asks a card for a signature and judges it: shared by the login page and the registration of cards. */
import { createCardSignatures } from '#authentication/card-signature.ts';
import { createSignedChallenges } from '#authentication/signed-challenges.ts';
import type { JudgeCertificate } from '#certificates/judge-certificate.ts';
import type { Config } from '#config/config.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import { createCardForms } from '#pages/card-form.ts';
import type { Machine } from './services.ts';

interface Dependencies extends Machine {
  readonly store: OneTimeStore;
  readonly judge: JudgeCertificate;
}

export type Cards = ReturnType<typeof composeCards>;

export function composeCards({ issuer, login }: Config, { store, random, clock, judge }: Dependencies) {
  const { component, unlockUrl } = login.certificate;
  const challenges = createSignedChallenges({ store, random, clock, issuer });
  return {
    challenges,
    verifySignature: createCardSignatures({ challenges, judgeCertificate: judge, clock }),
    forms: createCardForms(issuer, { ...component, unlockUrl }),
  };
}
