/**
 * Where somebody stands with a relying party: account enabled, and admitted by the roles formula with a given
 * assurance and today's grants. A relying party without systems admits everybody with a full session (level 2).
 */
import type { Account } from '#domain/account.ts';
import { parseAccountId } from '#domain/account.ts';
import { checkAdmission } from '#domain/admission.ts';
import { meets, type AssuranceLevel } from '#domain/assurance.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory, CatalogueDirectory } from '#domain/directory.ts';
import type { RelyingParty } from '#domain/relying-party.ts';

export type Standing =
  | { readonly ok: true; readonly roles: readonly string[] }
  | {
      readonly ok: false;
      readonly reason:
        | 'account-not-enabled'
        | 'certificate-required'
        | 'second-factor-required'
        | 'no-admitting-role';
    };

/** A relying party, or a resource. */
type Served = Pick<RelyingParty, 'systems' | 'leastRequirement'>;

export interface StandingRules {
  /** The account, whatever its status. Throws `directory-unavailable`. */
  findAccount(id: string): Promise<Account | undefined>;
  /** Whether `account` may be given anything on behalf of `party`; an account that is not enabled may not. */
  checkStanding(account: Account, party: Served, level: AssuranceLevel): Promise<Standing>;
}

export function createStandingRules(
  accounts: Pick<AccountDirectory, 'findAccount'>,
  catalogue: Pick<CatalogueDirectory, 'readCatalogue'>,
  clock: Clock,
): StandingRules {
  return {
    async findAccount(id) {
      const accountId = parseAccountId(id);
      return accountId && accounts.findAccount({ kind: 'system', purpose: 'claims' }, accountId);
    },
    async checkStanding(account, party, level) {
      if (account.status !== 'enabled') return { ok: false, reason: 'account-not-enabled' };
      if (level < 2) return { ok: false, reason: 'second-factor-required' };
      if (party.leastRequirement && !meets(level, party.leastRequirement))
        return { ok: false, reason: 'certificate-required' };
      if (party.systems.length === 0) return { ok: true, roles: [] };
      const whole = await catalogue.readCatalogue();
      const systems = whole.systems.filter(({ id }) => party.systems.includes(id));
      return checkAdmission(whole, systems, account.grants, level, dayOf(clock.now()));
    },
  };
}
