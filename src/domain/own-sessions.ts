/** Port to somebody's own open sessions: what is open where, and ending it. */
import type { AccountId } from './account.ts';
import type { AssuranceLevel } from './assurance.ts';
import type { AuditContext } from './audit-store.ts';

export interface OwnSession {
  /** Names the session on a page; nothing can be done with it but what is done here. */
  readonly handle: string;
  readonly startedAt: Date;
  /** When it ends if nothing more happens. */
  readonly endsAt: Date;
  /** To half a minute; absent in a session's last stretch, where activity no longer moves its end. */
  readonly lastActivityAt?: Date;
  /** How strongly it was logged in; absent where its name for that is no longer in use. */
  readonly level?: AssuranceLevel;
  /** Relying parties that it has reached. */
  readonly clientIds: readonly string[];
  /** The session that asks. */
  readonly isCurrent: boolean;
}

/** `currentUid` is the session that asks. Calls throw `store-unavailable`. */
export interface OwnSessions {
  /** Those that can still be used, the one that asks first, then the newest; at most `limit`. */
  list(accountId: AccountId, currentUid: string, limit: number): Promise<readonly OwnSession[]>;
  /** False when the account has no such session open (any more), or it is the one that asks. */
  end(accountId: AccountId, currentUid: string, handle: string, context: AuditContext): Promise<boolean>;
  /** Ends all but the one that asks and gives their number. */
  endOthers(accountId: AccountId, currentUid: string, context: AuditContext): Promise<number>;
}
