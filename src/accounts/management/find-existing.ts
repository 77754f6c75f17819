import type { Actor } from '#domain/actor.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { isHufuError } from '#domain/errors.ts';
import type { NationalId } from '#domain/national-id.ts';
import type { NotUnique } from './deed-outcome.ts';

export interface FindExistingDeps {
  readonly accounts: Pick<AccountDirectory, 'findAccountByNationalId'>;
}

/**
 * Runs `act`, and where the directory refuses it because the person has an account already, gives that account, if the
 * actor may see it. Of others it is told only that they exist, by the refusal itself.
 */
export async function findExisting<Result>(
  { accounts }: FindExistingDeps,
  actor: Actor,
  nationalId: NationalId,
  act: () => Promise<Result>,
): Promise<Result | NotUnique> {
  try {
    return await act();
  } catch (error) {
    if (!isHufuError(error, 'not-unique')) throw error;
    const existing = await accounts.findAccountByNationalId(actor, nationalId);
    return { ok: false, reason: 'not-unique', ...(existing && { existing }) };
  }
}
