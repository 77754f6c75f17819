/**
 * How a certificate comes from the connection in TLS that showed it to the login in progress: the connection has another origin and
 * none of the login's cookies. A ticket leads there, a proof leads back. Each is 256 random bits, good once, for two minutes,
 * bound to one interaction, client and origin of ours, and stored as its hash alone; the certificate meanwhile is sealed.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { OneTimeStore } from '#domain/protocol-store.ts';
import type { Random } from '#domain/random.ts';
import { sealingContext, sealingPurpose, type Sealed, type Sealing } from '#domain/sealing.ts';

/** Whose certificate is asked for. */
export interface HandoverOwner {
  /** The interaction that only the owner's browser holds the cookie of. */
  readonly binding: string;
  readonly clientId: string;
}

/** What the connection showed. */
export interface ShownInTls {
  /** Who spoke TLS with the browser: a listener of ours, or a configured proxy that handed the certificate on. */
  readonly to: 'listener' | 'proxy';
  /** DER; undefined: the browser offered none. */
  readonly certificate?: Uint8Array | undefined;
}

export type ProofVerdict =
  | { readonly ok: true; readonly shown: ShownInTls; readonly digest: string }
  /** `no-proof`: none was issued to this owner under that text, or it was used, or has expired. */
  | { readonly ok: false; readonly reason: 'no-proof' | 'foreign-proof' };

export interface CertificateHandovers {
  issueTicket(owner: HandoverOwner): Promise<string>;
  /** Ends the ticket and gives its owner: to exactly one of several simultaneous callers. */
  consumeTicket(ticket: string): Promise<HandoverOwner | undefined>;
  issueProof(owner: HandoverOwner, shown: ShownInTls): Promise<string>;
  /** Ends the owner's proof and gives what was shown: to exactly one of several simultaneous callers. */
  consumeProof(owner: HandoverOwner, proof: string): Promise<ProofVerdict>;
}

interface Dependencies {
  readonly store: OneTimeStore;
  readonly sealing: Pick<Sealing, 'seal' | 'open'>;
  readonly random: Random;
  readonly clock: Clock;
  /** The configured issuer, to whose origin everything is bound. */
  readonly issuer: string;
}

export const handoverLifetimeSeconds = 120;

const boundTo = { clientId: z.string(), origin: z.string() };
const ticketSchema = z.object({ ...boundTo, binding: z.string() });
const proofSchema = z.object({
  ...boundTo,
  to: z.enum(['listener', 'proxy']),
  /** Sealed base64 of the DER. */
  certificate: z
    .string()
    .transform((text) => text as Sealed)
    .exactOptional(),
});

export function createCertificateHandovers(deps: Dependencies): CertificateHandovers {
  const { store, sealing, random, clock } = deps;
  const { origin } = new URL(deps.issuer);
  const contextOf = (binding: string) => sealingContext(sealingPurpose.certificateHandover, binding);
  // The owner is part of the key: in another interaction a proof is neither found nor used up.
  const proofKey = (binding: string, digest: string) => `certificate-proof:${binding}:${digest}`;
  const ticketKey = (ticket: string) => `certificate-ticket:${digestOf(ticket)}`;

  async function place(key: string, record: object): Promise<void> {
    const until = new Date(clock.now().getTime() + handoverLifetimeSeconds * 1000);
    await store.place(key, JSON.stringify(record), until);
  }

  return {
    async issueTicket({ binding, clientId }) {
      const ticket = random.token(32);
      const record: z.input<typeof ticketSchema> = { binding, clientId, origin };
      await place(ticketKey(ticket), record);
      return ticket;
    },

    async consumeTicket(ticket) {
      const stored = await store.take(ticketKey(ticket));
      if (stored === undefined) return undefined;
      const { binding, clientId, origin: issuedAt } = ticketSchema.parse(JSON.parse(stored));
      return issuedAt === origin ? { binding, clientId } : undefined;
    },

    async issueProof({ binding, clientId }, { to, certificate }) {
      const proof = random.token(32);
      const record: z.input<typeof proofSchema> = {
        clientId,
        origin,
        to,
        ...(certificate && {
          certificate: sealing.seal(Buffer.from(certificate).toString('base64'), contextOf(binding)),
        }),
      };
      await place(proofKey(binding, digestOf(proof)), record);
      return proof;
    },

    async consumeProof({ binding, clientId }, proof) {
      const digest = digestOf(proof);
      const stored = await store.take(proofKey(binding, digest));
      if (stored === undefined) return { ok: false, reason: 'no-proof' };
      const { to, certificate: sealed, ...bound } = proofSchema.parse(JSON.parse(stored));
      if (bound.clientId !== clientId || bound.origin !== origin)
        return { ok: false, reason: 'foreign-proof' };
      const certificate = sealed && Buffer.from(sealing.open(sealed, contextOf(binding)), 'base64');
      return { ok: true, digest, shown: { to, ...(certificate && { certificate }) } };
    },
  };
}

/** SHA-256, base64url: names the secret in the store and, of a proof, in the audit trail. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
