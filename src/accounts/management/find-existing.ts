import { deedRefused } from '#audit/management-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { NationalId } from '#domain/national-id.ts';
import { createAdmission, type Asked } from './admission.ts';
import type { NotPermitted, NotUnique } from './deed-outcome.ts';
import type { ElsewhereAttempt, ElsewhereLimit } from './elsewhere-limit.ts';

export interface FindExistingDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccount' | 'findAccountByNationalId'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly elsewhere: ElsewhereLimit;
}

/**
 * Runs `act`, and where the directory refuses it because the person has an account already, gives that account, if the
 * actor may see it. Of others it is told only that they exist, by the refusal itself, which the trail has; and not without end.
 */
export async function findExisting<Result>(
  deps: FindExistingDeps,
  asked: Asked,
  nationalId: NationalId,
  act: () => Promise<Result>,
): Promise<Result | NotUnique | NotPermitted> {
  const started = await deps.elsewhere.begin(asked.actor);
  if (!started.ok) return createAdmission(deps).refuse(asked, 'too-many-elsewhere');
  const { attempt } = started;
  try {
    const result = await act();
    await attempt.giveBack();
    return result;
  } catch (error) {
    if (isHufuError(error, 'not-unique')) return existingOf(deps, asked, nationalId, attempt);
    await attempt.giveBack();
    throw error;
  }
}

async function existingOf(
  deps: FindExistingDeps,
  { actor, deed, context }: Asked,
  nationalId: NationalId,
  attempt: ElsewhereAttempt,
): Promise<NotUnique> {
  const existing = await deps.accounts.findAccountByNationalId(actor, nationalId);
  if (existing) {
    await attempt.giveBack();
    return { ok: false, reason: 'not-unique', existing };
  }
  await attempt.keep();
  await deps.audit.record(deedRefused(context, { deed, why: 'has-account-elsewhere' }));
  return { ok: false, reason: 'not-unique' };
}
