/**
 * Pairwise subjects (OpenID Connect Core, section 8.1): what one sector knows a person by tells another nothing. The sector is the
 * host of the redirect URI, or one that the registration names; relying parties of one sector see the same subject.
 */
import { createHmac } from 'node:crypto';
import type { Client } from 'oidc-provider';
import type { AccountId } from '#domain/account.ts';
import type { RelyingParty } from '#domain/relying-party.ts';

export function createPairwise(secret: Buffer): (accountId: string, sector: string) => string {
  return (accountId, sector) =>
    // The length of the sector goes first, so that no two pairs are the same text.
    createHmac('sha256', secret).update(`${sector.length}:${sector}:${accountId}`).digest('base64url');
}

/** What a relying party knows a person by, where no request of its own is at hand. */
export function createSubjects(secret: Buffer): (party: RelyingParty, accountId: AccountId) => string {
  const pairwise = createPairwise(secret);
  return ({ metadata }, accountId) => {
    if (metadata['subject_type'] !== 'pairwise') return accountId;
    const { sector_identifier_uri: sector = metadata.redirect_uris[0] } = metadata;
    return pairwise(accountId, new URL(String(sector)).host);
  };
}

/** The library's client knows its sector, which its types leave out. */
export function sectorOf(client: Client): string {
  const { sectorIdentifier } = client as { readonly sectorIdentifier?: unknown };
  if (typeof sectorIdentifier !== 'string') throw new Error('a pairwise client without a sector');
  return sectorIdentifier;
}
