/**
 * Registers a certificate to the own account (自然人憑證註冊). Order: whether this session may → the signature, whose
 * challenge is then used up → whether the certificate is this person's (certificate-rules.ts) → whether it is bound to
 * somebody else → the change → the mail. One audit event, whichever of them refuses.
 */
import { certificateRegistered, certificateRegistrationRefused } from '#audit/certificate-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import { presentedCertificate, type PresentedCertificate } from '#certificates/presented-certificate.ts';
import type { ValidPath } from '#certificates/verdict.ts';
import type { Account } from '#domain/account.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { CertificateBinding } from '#domain/certificate-binding.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { NationalId } from '#domain/national-id.ts';
import type { Notices } from '#domain/notices.ts';
import { sealingContext, sealingPurpose, type Sealing } from '#domain/sealing.ts';
import { auditedChange } from './audited-change.ts';
import { comparableName, judgeRegistration, type RegistrationRefusal } from './certificate-rules.ts';
import {
  mayRegisterCertificate,
  type AskingSession,
  type FactorPolicy,
  type FactorRefusal,
} from './factor-rules.ts';
import { ownActor } from './own-actor.ts';

/** Who asks, from which session. */
export interface Asker {
  readonly account: Account;
  readonly session: AskingSession;
}

/** What became of a signature over a challenge of this session: the path of its certificate, or why not. */
export type SignedProof<Reason extends string> =
  | { readonly ok: true; readonly path: ValidPath; readonly evidence: Evidence }
  | { readonly ok: false; readonly reason: Reason; readonly evidence: Evidence };

/** Challenge, fingerprint, keys of the path, what revocation was judged by: for the audit trail. */
type Evidence = Readonly<Record<string, string | undefined>>;

export type RegisterRefusal = FactorRefusal | RegistrationRefusal | 'bound-elsewhere' | 'changed-meanwhile';

export type RegisterResult<Reason extends string> =
  | {
      readonly ok: true;
      readonly binding: CertificateBinding;
      readonly replaced: readonly CertificateBinding[];
    }
  | { readonly ok: false; readonly reason: RegisterRefusal | Reason };

export type RegisterCertificate = <Reason extends string>(
  asker: Asker,
  prove: () => Promise<SignedProof<Reason>>,
  context: AuditContext,
) => Promise<RegisterResult<Reason>>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'findAccountByCertificate' | 'modifyAccount'>;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle' | 'record'>;
  readonly notices: Pick<Notices, 'certificateRegistered'>;
  readonly sealing: Pick<Sealing, 'open'>;
  readonly clock: Clock;
  readonly policy: FactorPolicy;
}

const system = { kind: 'system', purpose: 'login' } as const;

export function createRegisterCertificate(deps: Dependencies): RegisterCertificate {
  const { accounts, audit, notices, clock, policy } = deps;

  return async ({ account, session }, prove, context) => {
    const refuse = async <R extends string>(
      reason: R,
      evidence: Evidence = {},
      shown?: PresentedCertificate,
    ) => {
      const name = reason === 'name-mismatch' && shown ? differingName(account, shown) : undefined;
      const facts = { account, reason, evidence, ...(name && { name }) };
      await audit.record(certificateRegistrationRefused(context, facts));
      return { ok: false, reason } as const;
    };

    const permitted = mayRegisterCertificate(account, session, clock.now(), policy);
    if (!permitted.ok) return refuse(permitted.reason);
    const proof = await prove();
    if (!proof.ok) return refuse(proof.reason, proof.evidence);
    const presented = presentedCertificate(proof.path);
    const { evidence } = proof;
    const verdict = judgeRegistration(account, nationalIdOf(account, deps.sealing), presented, clock.now());
    if (!verdict.ok) return refuse(verdict.reason, evidence, presented);
    // To say in the trail whose it is; what refuses it when two register at once is the directory.
    const other = await accounts.findAccountByCertificate(system, presented);
    if (other) return refuse('bound-elsewhere', { ...evidence, boundTo: other.id });

    const { binding, replaced, lists } = verdict;
    const revision = account.revision + 1;
    const replacing = replaced.map(({ fingerprint }) => fingerprint).join(' ') || undefined;
    const event = certificateRegistered(context, {
      account,
      revision,
      evidence: { ...evidence, medium: binding.medium, replaced: replacing },
    });
    const change = { ...lists, newCertificates: [presented.der] };
    try {
      await auditedChange(audit, event, () =>
        accounts.modifyAccount(ownActor(account), account.id, account.revision, change),
      );
    } catch (error) {
      if (isHufuError(error, 'not-unique')) return { ok: false, reason: 'bound-elsewhere' };
      if (isHufuError(error, 'changed-meanwhile')) return { ok: false, reason: 'changed-meanwhile' };
      throw error;
    }
    await notices.certificateRegistered(account);
    return { ok: true, binding, replaced };
  };
}

function nationalIdOf({ id, nationalId }: Account, sealing: Pick<Sealing, 'open'>): NationalId {
  return sealing.open(nationalId, sealingContext(sealingPurpose.nationalId, id)) as NationalId;
}

/** What the manager looks at: the name of the account, and the one of the card. */
function differingName(account: Account, { subjectName }: PresentedCertificate) {
  return { before: comparableName(account.name), after: comparableName(subjectName) };
}
