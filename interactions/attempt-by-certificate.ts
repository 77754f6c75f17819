/** One attempt to log in by certificate, however it was shown: judged, carried out, and recorded as one audit event, good or bad. */
import { loginAttempted } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type {
  CertificateLogin,
  CertificateLoginRefusal,
  CertificateLoginResult,
} from '#authentication/certificate-login.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import { auditContextOf } from '#http/request-state.ts';
import type { InteractionContext } from './interaction-state.ts';
import type { Transaction } from './transaction.ts';

export type AttemptOutcome<Reason> =
  | { readonly kind: 'completed'; readonly transaction: Transaction }
  | { readonly kind: 'refused'; readonly reason: CertificateLoginRefusal<Reason> }
  | { readonly kind: 'directory-down' };

/** `shown`: what proves the certificate, as the way of showing it has it. */
export type AttemptByCertificate<Reason> = (
  ctx: InteractionContext,
  shown: string,
) => Promise<AttemptOutcome<Reason>>;

interface Dependencies<Reason> {
  readonly method: 'certificate' | 'certificate-tls';
  readonly logIn: CertificateLogin<Reason>;
  readonly accounts: Pick<AccountDirectory, 'recordCertificateLogin'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
  /** Version of the rules of use in force; whoever agreed to another one is asked again. */
  readonly rulesVersion: string;
}

const actor = { kind: 'system', purpose: 'login' } as const;

export function createAttemptByCertificate<Reason extends string>(
  deps: Dependencies<Reason>,
): AttemptByCertificate<Reason> {
  const { method, audit, clock } = deps;

  async function accept(result: Extract<CertificateLoginResult<Reason>, { ok: true }>): Promise<Transaction> {
    const { account, certificate } = result;
    const provenAt = clock.now();
    await deps.accounts.recordCertificateLogin(actor, account, certificate, provenAt);
    const agreed = account.agreement?.version === deps.rulesVersion;
    return {
      proven: {
        accountId: account.id,
        revision: account.revision,
        method,
        provenAt,
        mailConfirmed: false,
        remaining: agreed ? [] : ['rules-of-use'],
      },
    };
  }

  async function judge(ctx: InteractionContext, shown: string): Promise<AttemptOutcome<Reason>> {
    const { uid, client } = ctx.state.interaction;
    const attempt = { binding: uid, clientId: client.clientId, address: ctx.state.address, shown };
    const result = await deps.logIn(attempt);
    // What can still fail comes first: an attempt recorded as done must not turn into a failed one.
    const transaction = result.ok ? await accept(result) : undefined;
    await audit.record(loginAttempted(contextOf(ctx), method, result));
    if (transaction) return { kind: 'completed', transaction };
    if (result.ok) throw new Error('a login was accepted without a transaction');
    return { kind: 'refused', reason: result.reason };
  }

  return async (ctx, shown) => {
    try {
      return await judge(ctx, shown);
    } catch (error) {
      if (!isHufuError(error)) throw error;
      const failure = { ok: false, reason: error.code } as const;
      await audit.record(loginAttempted(contextOf(ctx), method, failure));
      if (error.code !== 'directory-unavailable') throw error;
      return { kind: 'directory-down' };
    }
  };
}

function contextOf(ctx: InteractionContext) {
  return auditContextOf(ctx.state, { actor: 'anonymous', clientId: ctx.state.interaction.client.clientId });
}
