/**
 * What a card is asked to sign: ASCII `hufu.<purpose>.v1.<host>.<base64url>`. It names purpose and host, so that a
 * signature made elsewhere, or for something else, is useless here. On the server it is bound to one owner (an
 * interaction or a session), client, purpose and origin; good once, for two minutes; a new one ends the one before.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';

/** What a signature is made for. */
export type ChallengePurpose = 'login' | 'register' | 'review';

/** Whose challenge it is. */
export interface ChallengeOwner {
  readonly purpose: ChallengePurpose;
  /** The interaction or session that only the owner's browser holds. */
  readonly binding: string;
  readonly clientId: string;
}

export interface IssuedChallenge {
  /** What is signed: ASCII, and nothing in it that a URL would encode, since some components do. */
  readonly text: string;
  readonly validUntil: Date;
}

export interface ConsumedChallenge {
  readonly text: string;
  readonly issuedAt: Date;
  /** SHA-256 of the text, base64url: names the challenge in the audit trail. */
  readonly digest: string;
}

export type ChallengeVerdict =
  | { readonly ok: true; readonly challenge: ConsumedChallenge }
  /** `no-challenge`: none was issued to this owner, or it was used, replaced, or has expired. */
  | { readonly ok: false; readonly reason: 'no-challenge' | 'foreign-challenge' };

export interface SignedChallenges {
  issue(owner: ChallengeOwner): Promise<IssuedChallenge>;
  /** Ends the owner's live challenge and gives it: to exactly one of several simultaneous callers. */
  consume(owner: ChallengeOwner): Promise<ChallengeVerdict>;
}

interface Dependencies {
  readonly store: OneTimeStore;
  readonly random: Random;
  readonly clock: Clock;
  /** The configured issuer, whose host the challenge names. */
  readonly issuer: string;
}

export const challengeLifetimeSeconds = 120;

const recordSchema = z.object({
  text: z.string(),
  clientId: z.string(),
  origin: z.string(),
  issuedAt: z.coerce.date(),
});

export function createSignedChallenges({ store, random, clock, issuer }: Dependencies): SignedChallenges {
  const { origin, hostname } = new URL(issuer);
  const key = ({ purpose, binding }: ChallengeOwner) => `signed-challenge:${purpose}:${binding}`;

  return {
    async issue(owner) {
      const issuedAt = clock.now();
      const validUntil = new Date(issuedAt.getTime() + challengeLifetimeSeconds * 1000);
      const text = `hufu.${owner.purpose}.v1.${hostname}.${random.token(32)}`;
      const record = JSON.stringify({ text, clientId: owner.clientId, origin, issuedAt });
      await store.place(key(owner), record, validUntil);
      return { text, validUntil };
    },

    async consume(owner) {
      const stored = await store.take(key(owner));
      if (stored === undefined) return { ok: false, reason: 'no-challenge' };
      const { text, issuedAt, ...bound } = recordSchema.parse(JSON.parse(stored));
      if (bound.clientId !== owner.clientId || bound.origin !== origin) {
        return { ok: false, reason: 'foreign-challenge' };
      }
      const digest = createHash('sha256').update(text).digest('base64url');
      return { ok: true, challenge: { text, issuedAt, digest } };
    },
  };
}
