/**
 * Search (RFC 4511, 4.5). Candidates come in batches from the plan, in the order of creation; each is held against
 * scope and filter, and sent. Between batches other connections get their turn; nothing is collected on the way.
 */
import { findRule, isHidden, type AccessRule } from '../operations/access.ts';
import { checkAssertion } from '../operations/entry-controls.ts';
import { findPublicEntry, getEntry, isWithinBase, parseName } from '../operations/find-entry.ts';
import type { OperationContext } from '../operations/operation-context.ts';
import { encodeEntry, type LdapResult } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Control, SearchRequest } from '../protocol/ldap-message.ts';
import { resultCode } from '../protocol/result-code.ts';
import { isBelow } from '../schema/naming.ts';
import type { Entry } from '../store/entry.ts';
import { compileFilter, type Condition } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { encodePage, pagedResultsOid, parsePage, type Page } from './paging.ts';
import { planSearch, type Candidates } from './plan-search.ts';
import { findPart } from './find-part.ts';
import { parseSelection, projectEntry } from './project-entry.ts';
import { setImmediate as turn } from 'node:timers/promises';

/** Entries read before the event loop gets a chance. */
const batchSize = 64;
/** Bytes gathered before they are sent. */
const chunkSize = 32_768;

export async function runSearch(
  context: OperationContext,
  messageId: number,
  request: SearchRequest,
  controls: readonly Control[],
): Promise<LdapResult & { readonly entries: number }> {
  const control = controls.find(({ oid }) => oid === pagedResultsOid);
  const page = control === undefined ? undefined : parsePage(control, request);
  if (page?.abandoned === true) {
    return { code: resultCode.success, controls: [encodePage(request, undefined)], entries: 0 };
  }
  const matches = openMatches(context, request, page?.after ?? 0);
  const limit = sizeLimitOf(context, request);
  const selection = parseSelection(context.directory.schema, request.attributes, request.typesOnly);
  const facts = {
    schema: context.directory.schema,
    hasChildren: (entry: Entry) => context.directory.store.hasChildren(entry.id),
  };

  const outbox = createOutbox(context);
  let entries = 0;
  let last = 0;
  const finish = async (code: LdapResult['code'], more: boolean) => {
    await outbox.flush();
    const answer = { code, entries };
    return page === undefined
      ? answer
      : { ...answer, controls: [encodePage(request, more ? last : undefined)] };
  };
  for await (const batch of matches) {
    if (batch === 'time-is-up') return finish(resultCode.timeLimitExceeded, false);
    for (const { entry, isHidden: hides } of batch) {
      if (isPageFull(page, entries)) return finish(resultCode.success, true);
      if (entries >= limit) return finish(resultCode.sizeLimitExceeded, false);
      const projected = projectEntry(entry, selection, { ...facts, isHidden: hides });
      if (outbox.put(encodeEntry(messageId, entry.dn, projected))) await outbox.flush();
      entries += 1;
      last = entry.id;
    }
  }
  return finish(resultCode.success, false);
}

function isPageFull(page: Page | undefined, entries: number): boolean {
  return page !== undefined && page.size > 0 && entries >= page.size;
}

/** The smaller of the client's limit and ours; ours holds for paged searches page by page, as slapd's does. */
function sizeLimitOf({ directory, subject }: OperationContext, request: SearchRequest): number {
  const unlimited = findRule(subject, directory.base.key)?.access === 'manage';
  const own = unlimited ? Number.POSITIVE_INFINITY : directory.limits.sizeLimit;
  return request.sizeLimit > 0 ? Math.min(request.sizeLimit, own) : own;
}

interface Match {
  readonly entry: Entry;
  readonly isHidden: (attributeKey: string) => boolean;
}
/** A batch at a time: to wait for each match would cost more than to find it. */
type Matches = AsyncIterable<readonly Match[] | 'time-is-up'>;

/** Holds an entry against the filter, as far as the client may see the entry. */
type Judge = (entry: Entry) => Match | undefined;

function openMatches(context: OperationContext, request: SearchRequest, after: number): Matches {
  const { directory, subject } = context;
  const { schema, store, index } = directory;
  const name = parseName(directory, request.base);
  const shown = findPublicEntry(directory, name);
  if (shown !== undefined && (request.scope === 'base' || (request.scope === 'sub' && name.key !== ''))) {
    checkAssertion(context, shown);
    const condition = compileFilter(schema, request.filter, () => false);
    const isMatch = after === 0 && evaluate(schema, condition, shown, () => false) === true;
    return single(isMatch ? { entry: shown, isHidden: () => false } : undefined);
  }
  // Without the right to read, nothing exists; not even where the name ends is told.
  if (findRule(subject, name.key) === undefined || !isWithinBase(directory, name))
    throw new LdapFailure('noSuchObject');
  const base = getEntry(directory, name);
  checkAssertion(context, base);
  const judge = createJudge(context, request);
  if (request.scope === 'base') return single(base.id > after ? judge(base) : undefined);
  const { slice, contains } = openScope(context, request.scope, base);
  const part = findPart(schema, request);
  // With no attribute hidden the filter is true of at least the entries of which it is true with some hidden.
  const widest = compileFilter(schema, request.filter, () => false);
  const candidates = planSearch(schema, index, widest, slice);
  const load = (ids: readonly number[]) =>
    store
      .loadAll(ids, part)
      .map((entry) => (contains(entry) ? judge(entry) : undefined))
      .filter((match) => match !== undefined);
  return readCandidates(context, request, candidates, after, load);
}

/** Each rule has its own hidden attributes, on which an assertion is neither true nor false. */
function createJudge({ directory, subject }: OperationContext, request: SearchRequest): Judge {
  const { schema } = directory;
  const compiled = new Map<AccessRule, { condition: Condition; isHidden: Match['isHidden'] }>();
  return (entry) => {
    const rule = findRule(subject, entry.key);
    if (rule === undefined) return undefined;
    let seen = compiled.get(rule);
    if (seen === undefined) {
      const hides = (key: string) => isHidden(rule, key);
      seen = { condition: compileFilter(schema, request.filter, hides), isHidden: hides };
      compiled.set(rule, seen);
    }
    const isMatch = evaluate(schema, seen.condition, entry, seen.isHidden) === true;
    return isMatch ? { entry, isHidden: seen.isHidden } : undefined;
  };
}

function openScope({ directory }: OperationContext, scope: SearchRequest['scope'], base: Entry) {
  const { index } = directory;
  if (scope === 'one') {
    return { slice: index.children(base.id), contains: (entry: Entry) => entry.parent === base.id };
  }
  return {
    slice: base.key === directory.base.key ? index.everything() : index.subtree(base.key),
    contains: (entry: Entry) => isBelow(entry.key, base.key) || (scope === 'sub' && entry.key === base.key),
  };
}

async function* single(match: Match | undefined): AsyncGenerator<readonly Match[]> {
  if (match !== undefined) yield [match];
}

async function* readCandidates(
  { directory, isAbandoned }: OperationContext,
  request: SearchRequest,
  candidates: Candidates,
  after: number,
  load: (ids: readonly number[]) => readonly Match[],
): AsyncGenerator<readonly Match[] | 'time-is-up'> {
  const { clock, limits } = directory;
  const seconds = request.timeLimit > 0 ? Math.min(request.timeLimit, limits.timeLimit) : limits.timeLimit;
  const deadline = clock.now().getTime() + seconds * 1000;
  let position = after;
  for (;;) {
    const ids = candidates(position, batchSize);
    if (ids.length > 0) yield load(ids);
    position = ids.at(-1) ?? position;
    if (ids.length < batchSize || isAbandoned()) return;
    if (clock.now().getTime() > deadline) yield 'time-is-up';
    await turn();
  }
}

function createOutbox(context: OperationContext) {
  let parts: Buffer[] = [];
  let size = 0;
  const flush = async () => {
    if (size === 0) return;
    const bytes = Buffer.concat(parts, size);
    parts = [];
    size = 0;
    await context.send(bytes);
  };
  return {
    flush,
    /** Whether so much has gathered that it should be sent. */
    put(bytes: Buffer): boolean {
      parts.push(bytes);
      size += bytes.length;
      return size >= chunkSize;
    },
  };
}
