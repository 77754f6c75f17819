/** The door to every deed of a manager: may they at all → do they see the account → may they on this one → is it as seen. */
import { deedRefused } from '#audit/management-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { mayAct, mayActOn, type Deed } from '#domain/permission.ts';
import type { DeedRefusal, NotPermitted, Target } from './deed-outcome.ts';

export interface Asked {
  readonly actor: Actor;
  readonly deed: Deed;
  readonly context: AuditContext;
}

type Admitted = { readonly ok: true; readonly account: Account };

export interface Admission {
  /** Whether the actor does such things at all; a refusal is audited. */
  admit(asked: Asked): Promise<{ readonly ok: true } | NotPermitted>;
  /** The account, as the actor has seen it; a refusal is audited. */
  admitTo(asked: Asked, target: Target): Promise<Admitted | DeedRefusal>;
  /** Audits a refusal and gives it. */
  refuse(
    asked: Asked,
    why: NotPermitted['why'],
    facts?: { readonly account?: Account; readonly about?: string },
  ): Promise<NotPermitted>;
  /** What to answer when the directory says that the account is not as it was a moment ago. */
  changedMeanwhile(asked: Asked, target: Target): Promise<DeedRefusal>;
}

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccount'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

export function createAdmission({ accounts, audit }: Dependencies): Admission {
  const refuse: Admission['refuse'] = async ({ deed, context }, why, { account, about } = {}) => {
    await audit.record(deedRefused(context, { deed, why, account, evidence: { about } }));
    return { ok: false, reason: 'not-permitted', why, ...(about !== undefined && { about }) };
  };

  async function notFound({ deed, context }: Asked, { id }: Target): Promise<DeedRefusal> {
    await audit.record(deedRefused(context, { deed, why: 'not-found', account: { id } }));
    return { ok: false, reason: 'not-found' };
  }

  async function admit(asked: Asked): Promise<{ readonly ok: true } | NotPermitted> {
    const permission = mayAct(asked.actor, asked.deed);
    return permission.ok ? permission : refuse(asked, permission.why);
  }

  return {
    admit,
    refuse,
    async admitTo(asked, target) {
      const general = await admit(asked);
      if (!general.ok) return general;
      const account = await accounts.findAccount(asked.actor, target.id);
      if (!account) return notFound(asked, target);
      const permission = mayActOn(asked.actor, asked.deed, account);
      if (!permission.ok) return refuse(asked, permission.why, { account });
      return account.revision === target.revision
        ? { ok: true, account }
        : { ok: false, reason: 'changed-meanwhile', current: account };
    },
    async changedMeanwhile(asked, target) {
      const current = await accounts.findAccount(asked.actor, target.id);
      return current
        ? { ok: false, reason: 'changed-meanwhile', current }
        : { ok: false, reason: 'not-found' };
    },
  };
}
