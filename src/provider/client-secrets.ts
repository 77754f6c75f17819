/**
 * Client secrets of which only hashes are kept, several of them while one is being replaced. The library awaits its
 * Client#compareClientSecret, which is given another meaning here, for these clients alone. As metadata they have a
 * secret that nobody knows: were the comparison ever the library's own again, none would be right.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ClientMetadata, Provider } from 'oidc-provider';
import type { Clock } from '#domain/clock.ts';
import type { Random } from '#domain/random.ts';
import type { RelyingParty } from '#domain/relying-party.ts';
import type { KeptSecret } from '#domain/relying-party-register.ts';
import { clientMetadata } from './clients.ts';
import type { KeptRelyingParties } from './kept-relying-parties.ts';

export function hashClientSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether `secret` is one of `kept` and still good. */
export function isKeptSecret(secret: string, kept: readonly KeptSecret[], now: Date): boolean {
  const given = Buffer.from(hashClientSecret(secret));
  const matches = kept.filter(({ hash }) => timingSafeEqual(given, Buffer.from(hash)));
  return matches.some(({ until }) => until === undefined || now < until);
}

/** Metadata of the kept relying party of that id, for the library's adapter. */
export function createKeptClients(
  kept: Pick<KeptRelyingParties, 'find'>,
  random: Pick<Random, 'token'>,
): (clientId: string) => ClientMetadata | undefined {
  const nobodyKnows = random.token(48);
  return (clientId) => {
    const party = kept.find(clientId);
    return party && keptClientMetadata(party, nobodyKnows);
  };
}

export function keptClientMetadata(party: RelyingParty, nobodyKnows: string): ClientMetadata {
  const metadata = clientMetadata(party);
  const { token_endpoint_auth_method: method = 'client_secret_basic' } = metadata;
  return { ...metadata, ...(method.startsWith('client_secret_') && { client_secret: nobodyKnows }) };
}

interface LibraryClient {
  readonly clientId: string;
  compareClientSecret(this: LibraryClient, actual: string): boolean | Promise<boolean>;
}

export function compareKeptSecrets(
  provider: Provider,
  kept: Pick<KeptRelyingParties, 'secretsOf'>,
  clock: Clock,
): void {
  // The types leave the method out.
  const { prototype } = provider.Client as unknown as { prototype: LibraryClient };
  const compare = prototype.compareClientSecret;
  prototype.compareClientSecret = function compareClientSecret(actual) {
    const secrets = kept.secretsOf(this.clientId);
    return secrets ? isKeptSecret(actual, secrets, clock.now()) : compare.call(this, actual);
  };
}
