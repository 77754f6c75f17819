/** From one request to its result: the only place that knows all operations. */
import { isHufuError } from '#domain/errors.ts';
import { MalformedBer } from '../protocol/ber-reader.ts';
import type { LdapResult } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Control, LdapMessage, LdapRequest } from '../protocol/ldap-message.ts';
import { resultCode } from '../protocol/result-code.ts';
import { pagedResultsOid } from '../search/paging.ts';
import { whoAmIOid } from '../search/root-dse.ts';
import { runSearch } from '../search/run-search.ts';
import { addEntry } from './add-entry.ts';
import type { Subject } from './access.ts';
import { bind } from './bind.ts';
import { compareEntry } from './compare-entry.ts';
import { entryControlKinds, readEntryControls } from './entry-controls.ts';
import { modifyEntry } from './modify-entry.ts';
import type { OperationContext } from './operation-context.ts';
import { removeEntry } from './remove-entry.ts';
import { renameEntry } from './rename-entry.ts';

export interface Outcome extends LdapResult {
  /** Whom the connection speaks for after a bind. */
  readonly subject?: Subject;
  /** Entries sent by a search. */
  readonly entries?: number;
  /** What went wrong in the server itself. */
  readonly error?: unknown;
}

export async function carryOut(
  connection: Omit<OperationContext, 'entryControls'>,
  message: LdapMessage,
): Promise<Outcome> {
  try {
    checkControls(message.request.kind, message.controls);
    const entryControls = readEntryControls(message.request.kind, message.controls);
    return { code: resultCode.success, ...(await perform({ ...connection, entryControls }, message)) };
  } catch (error) {
    const outcome = describeFailure(error);
    // RFC 4511, 4.2.1: whoever fails to bind is anonymous afterwards.
    return message.request.kind === 'bind' ? { ...outcome, subject: { kind: 'anonymous' } } : outcome;
  }
}

async function perform(
  context: OperationContext,
  { id, request, controls }: LdapMessage,
): Promise<Partial<Outcome>> {
  switch (request.kind) {
    case 'bind':
      return { subject: await bind(context.directory, request) };
    case 'search':
      return runSearch(context, id, request, controls);
    case 'add':
      return { controls: await addEntry(context, request) };
    case 'modify':
      return { controls: await modifyEntry(context, request) };
    case 'delete':
      return { controls: await removeEntry(context, request) };
    case 'compare':
      return { code: compareEntry(context, request) ? resultCode.compareTrue : resultCode.compareFalse };
    case 'extended':
      if (request.oid === whoAmIOid) return { responseValue: authorizationId(context.subject) };
      throw new LdapFailure('protocolError', 'unsupported extended operation');
    case 'modify-dn':
      return { controls: await renameEntry(context, request) };
    default:
      throw new LdapFailure('protocolError');
  }
}

/** RFC 4511, 4.1.11: an unknown control is passed over, unless it is critical. */
function checkControls(kind: LdapRequest['kind'], controls: readonly Control[]): void {
  const isKnown = ({ oid }: Control) =>
    (oid === pagedResultsOid && kind === 'search') || entryControlKinds[oid]?.includes(kind) === true;
  if (controls.some((control) => control.critical && !isKnown(control))) {
    throw new LdapFailure('unavailableCriticalExtension', 'critical extension is not recognized');
  }
}

function authorizationId(subject: Subject): string {
  return subject.kind === 'anonymous' ? '' : `dn:${subject.dn}`;
}

function describeFailure(error: unknown): Outcome {
  if (error instanceof LdapFailure) {
    return { code: error.result, matchedDn: error.matchedDn, message: error.message };
  }
  if (error instanceof MalformedBer) return { code: resultCode.protocolError, message: 'malformed control' };
  if (isHufuError(error, 'store-unavailable')) {
    // SQLITE_BUSY and SQLITE_LOCKED: another process holds the file for longer than we wait.
    const isBusy = error.facts['code'] === 'sqlite-5' || error.facts['code'] === 'sqlite-6';
    return { code: isBusy ? resultCode.busy : resultCode.unavailable, error };
  }
  return { code: resultCode.other, message: 'internal error', error };
}
