/**
 * Takes a certificate away from the own account. Order: whether this session may → whether another way in remains →
 * the change → the mail. One audit event, whichever of them refuses.
 */
import { certificateRemovalRefused, certificateRemoved } from '#audit/certificate-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { CertificateBinding, CertificateKey } from '#domain/certificate-binding.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { Notices } from '#domain/notices.ts';
import { auditedChange } from './audited-change.ts';
import { judgeRemoval, type RemovalRefusal } from './certificate-rules.ts';
import { mayRemoveFactor, type FactorPolicy, type FactorRefusal } from './factor-rules.ts';
import { ownActor } from './own-actor.ts';
import type { Asker } from './register-certificate.ts';

export type RemoveResult =
  | { readonly ok: true; readonly removed: CertificateBinding }
  | { readonly ok: false; readonly reason: FactorRefusal | RemovalRefusal | 'changed-meanwhile' };

export type RemoveCertificate = (
  asker: Asker,
  key: CertificateKey,
  context: AuditContext,
) => Promise<RemoveResult>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle' | 'record'>;
  readonly notices: Pick<Notices, 'certificateRemoved'>;
  readonly clock: Clock;
  readonly policy: FactorPolicy;
}

export function createRemoveCertificate(deps: Dependencies): RemoveCertificate {
  const { accounts, audit, notices, clock, policy } = deps;
  return async ({ account, session }, key, context) => {
    const evidence = { issuerKeyId: key.issuerKeyId, serial: key.serial };
    const now = clock.now();
    const permitted = mayRemoveFactor(session, now, policy);
    const verdict = permitted.ok ? judgeRemoval(account, key, now) : permitted;
    if (!verdict.ok) {
      const { reason } = verdict;
      await audit.record(certificateRemovalRefused(context, { account, reason, evidence }));
      return verdict;
    }
    const { removed, lists } = verdict;
    const event = certificateRemoved(context, {
      account,
      revision: account.revision + 1,
      evidence: { ...evidence, fingerprint: removed.fingerprint },
    });
    try {
      await auditedChange(audit, event, () =>
        accounts.modifyAccount(ownActor(account), account.id, account.revision, lists),
      );
    } catch (error) {
      if (isHufuError(error, 'changed-meanwhile')) return { ok: false, reason: 'changed-meanwhile' };
      throw error;
    }
    await notices.certificateRemoved(account);
    return { ok: true, removed };
  };
}
