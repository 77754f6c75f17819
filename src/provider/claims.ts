/**
 * Scopes and the claims behind them. `conformIdTokenClaims` is off, so an ID token carries them too: all but
 * `national_id`, which leaves by userinfo alone, since an ID token comes back as id_token_hint in URLs.
 */
import type { AccountClaims } from 'oidc-provider';
import type { Account } from '#domain/account.ts';
import type { FrozenAssurance } from './assurance-in-tokens.ts';

export const claimsByScope = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
  profile: ['name'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  organization: ['organization', 'title'],
  roles: ['roles'],
  national_id: ['national_id'],
} as const;

export const supportedScopes: readonly string[] = [...Object.keys(claimsByScope), 'offline_access'];

/** The scope that a claim comes with, in whose words a person is asked for it; an unknown one is a scope of its own. */
export function scopeOfClaim(claim: string): string {
  const found = Object.entries(claimsByScope).find(([, claims]) => claims.some((name) => name === claim));
  return found?.[0] ?? claim;
}

export interface ClaimSources {
  readonly account: Account;
  readonly assurance: FrozenAssurance;
  readonly roles: readonly string[];
  /** Present when the relying party is registered for it and asked: already recorded in the audit trail. */
  readonly nationalId?: string;
}

/** Everything known of the person; the library keeps what the granted scopes name. */
export function accountClaims({ account, assurance, roles, nationalId }: ClaimSources): AccountClaims {
  const { agency, unit, contact } = account;
  return {
    sub: account.id,
    acr: assurance.acr,
    amr: assurance.amr,
    auth_time: assurance.authTime,
    sid: assurance.sid,
    name: account.name,
    ...(contact.email !== undefined && { email: contact.email, email_verified: account.emailConfirmed }),
    ...(contact.phone !== undefined && {
      phone_number: contact.extension ? `${contact.phone};ext=${contact.extension}` : contact.phone,
      phone_number_verified: false,
    }),
    organization: {
      agency: { oid: agency.oid, code: agency.code, name: agency.name },
      ...(unit && { unit: { oid: unit.oid, name: unit.name } }),
    },
    ...(contact.title !== undefined && { title: contact.title }),
    roles: [...roles],
    ...(nationalId !== undefined && { national_id: nationalId }),
  };
}
