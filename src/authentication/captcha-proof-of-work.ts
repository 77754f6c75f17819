/**
 * The proof-of-work captcha (altcha). A challenge belongs to one login in progress and counts once: its signing key
 * is derived from the login's id, and its signature is remembered until the challenge expires.
 */
import { createHmac } from 'node:crypto';
import { createChallenge, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Captcha } from './captcha.ts';

export interface ProofOfWorkPolicy {
  /** Iterations of one PBKDF2 derivation; a browser tries about 256 of them. */
  readonly cost: number;
  readonly lifetimeMinutes: number;
}

/** Its answer is the widget's form field: base64 of JSON. */
export interface ProofOfWorkCaptcha extends Captcha {
  /** A challenge for the login `binding`, as the altcha widget takes it. */
  challenge(binding: string): Promise<Challenge>;
}

interface Dependencies {
  readonly secret: Buffer;
  readonly store: OneTimeStore;
  readonly clock: Clock;
  readonly policy: ProofOfWorkPolicy;
}

/** What we read of a payload; the library checks the rest against the signature. */
const payloadSchema = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.literal('PBKDF2/SHA-256'),
      nonce: z.string().max(128),
      salt: z.string().max(128),
      cost: z.int().positive(),
      keyLength: z.int().positive().max(64),
      keyPrefix: z.string().max(128),
      expiresAt: z.int().positive(),
    }),
    signature: z.string().min(1).max(128),
  }),
  solution: z.object({
    counter: z.int().nonnegative(),
    derivedKey: z.string().max(256),
    time: z.number().optional(),
  }),
});

const maximumPayload = 4096;

export function createProofOfWorkCaptcha({ secret, store, clock, policy }: Dependencies): ProofOfWorkCaptcha {
  const secretOf = (binding: string) =>
    createHmac('sha256', secret).update(`captcha\0${binding}`).digest('hex');
  return {
    challenge(binding) {
      return createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: policy.cost,
        deriveKey,
        expiresAt: new Date(clock.now().getTime() + policy.lifetimeMinutes * 60_000),
        hmacSignatureSecret: secretOf(binding),
      });
    },
    async redeem(binding, payload) {
      const parsed = parsePayload(payload);
      // The cost is signed too, but must be bounded before any work is done on it.
      if (!parsed || parsed.challenge.parameters.cost !== policy.cost) return false;
      const expiresAt = new Date(parsed.challenge.parameters.expiresAt * 1000);
      if (expiresAt <= clock.now()) return false;
      const { verified } = await verifySolution({
        challenge: parsed.challenge as Challenge,
        solution: { ...parsed.solution, time: parsed.solution.time ?? 0 },
        deriveKey,
        hmacSignatureSecret: secretOf(binding),
      });
      return verified && store.placeFirst(`captcha:${parsed.challenge.signature}`, '', expiresAt);
    },
  };
}

function parsePayload(payload: string): z.infer<typeof payloadSchema> | undefined {
  if (payload.length > maximumPayload) return undefined;
  try {
    return payloadSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))).data;
  } catch {
    return undefined; // not JSON
  }
}
