import type { AuditTrail } from './trail.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import { isHufuError } from '#domain/errors.ts';

/**
 * Carries out a directory change between its intent and its outcome in the audit trail. Without the intent there is no
 * change. When it is uncertain whether the change took place (the connection broke), the intent stays open and is
 * settled later by what the directory then says.
 */
export async function auditedChange<Result>(
  trail: Pick<AuditTrail, 'intend' | 'settle'>,
  event: AuditEvent,
  change: () => Promise<Result>,
): Promise<Result> {
  const intent = await trail.intend(event);
  let result: Result;
  try {
    result = await change();
  } catch (error) {
    if (isHufuError(error) && isDefinite(error.code)) await trail.settle(intent, 'failed', error.code);
    throw error;
  }
  await trail.settle(intent, 'done');
  return result;
}

/** Answers by which the directory says that it changed nothing. */
function isDefinite(code: string): boolean {
  return (
    code === 'changed-meanwhile' || code === 'not-unique' || code === 'not-found' || code === 'not-permitted'
  );
}
