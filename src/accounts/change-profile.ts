/** A person changes the profile (個人資料維護), from the account as the form has shown it. */
import { profileChanged } from '#audit/profile-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { auditedChange } from './audited-change.ts';
import { ownActor } from './own-actor.ts';
import { profileFields, type TypedProfile } from './profile-rules.ts';

/**
 * Writes what differs from `account`; nothing when nothing does. The profile has met the rules. Throws
 * `changed-meanwhile` when the account has another revision than `revision`, the one that the form was made from.
 */
export type ChangeProfile = (
  account: Account,
  revision: number,
  profile: TypedProfile,
  context: AuditContext,
) => Promise<'changed' | 'same'>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
}

export function createChangeProfile({ accounts, audit }: Dependencies): ChangeProfile {
  return async (account, revision, profile, context) => {
    const changed = profileFields.filter((field) => (account.contact[field] ?? '') !== profile[field]);
    if (changed.length === 0) return 'same';
    const changes = Object.fromEntries(
      changed.map((field) => {
        const before = account.contact[field];
        const after = profile[field];
        return [field, { ...(before !== undefined && { before }), ...(after !== '' && { after }) }];
      }),
    );
    const contact = Object.fromEntries(changed.map((field) => [field, profile[field] || null]));
    const event = profileChanged(context, { account, revision: revision + 1, changes });
    await auditedChange(audit, event, () =>
      accounts.modifyAccount(ownActor(account), account.id, revision, { contact }),
    );
    return 'changed';
  };
}
