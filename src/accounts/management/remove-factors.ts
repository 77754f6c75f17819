/**
 * Takes certificates away from somebody's account: a card that was lost, or is to be registered anew. Whoever is logged in
 * is logged out; without another way in, a one-day password must be enabled. The person is told by mail.
 */
import { factorsRemoved } from '#audit/management-events.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { isSameCertificate, type CertificateKey } from '#domain/certificate-binding.ts';
import type { Clock } from '#domain/clock.ts';
import type { Notices } from '#domain/notices.ts';
import { withoutCertificates } from '../certificate-rules.ts';
import type { Warrant } from '../warrant.ts';
import type { DeedOutcome, Target } from './deed-outcome.ts';
import { createManagedChange, type ManagedChangeDeps, type Plan } from './managed-change.ts';
import type { EndSessionsOf } from './set-status.ts';

export type RemoveFactors = (
  actor: Actor,
  target: Target,
  /** Which certificates; all of them. */
  certificates: readonly CertificateKey[] | 'all',
  warrant: Warrant,
  context: AuditContext,
) => Promise<DeedOutcome>;

interface Dependencies extends ManagedChangeDeps {
  readonly clock: Clock;
  readonly notices: Pick<Notices, 'certificateRemoved'>;
  readonly endSessionsOf: EndSessionsOf;
}

export function createRemoveFactors(deps: Dependencies): RemoveFactors {
  const managedChange = createManagedChange(deps);
  return async (actor, target, certificates, warrant, context) => {
    const asked = { actor, deed: 'remove-factors', context } as const;
    const outcome = await managedChange(asked, target, (account): Plan => {
      const isMeant = (bound: CertificateKey) =>
        certificates === 'all' || certificates.some((key) => isSameCertificate(key, bound));
      const removed = account.certificates.filter(isMeant);
      if (removed.length === 0) return { kind: 'refused', why: 'not-registered' };
      const event = factorsRemoved(context, {
        account,
        revision: account.revision + 1,
        form: warrant.form,
        evidence: {
          reason: warrant.reason,
          fingerprints: removed.map(({ fingerprint }) => fingerprint).join(' '),
        },
      });
      const change = withoutCertificates(account, removed, deps.clock.now());
      return { kind: 'change', change, event };
    });
    if (outcome.ok) {
      await deps.endSessionsOf(target.id, 'by-operator', context);
      await deps.notices.certificateRemoved(outcome.before);
    }
    return outcome;
  };
}
