/** Controls on the entry of an operation: assertion (RFC 4528), pre-read and post-read (RFC 4527). */
import { createBerReader } from '../protocol/ber-reader.ts';
import { decodeFilter } from '../protocol/decode-filter.ts';
import { encodeEntryAlone, type ResponseControl } from '../protocol/encode-response.ts';
import { LdapFailure } from '../protocol/ldap-failure.ts';
import type { Control, Filter, LdapRequest } from '../protocol/ldap-message.ts';
import { compileFilter } from '../search/condition.ts';
import { evaluate } from '../search/evaluate.ts';
import { parseSelection, projectEntry } from '../search/project-entry.ts';
import type { Entry } from '../store/entry.ts';
import { findRule, isHidden } from './access.ts';
import type { OperationContext } from './operation-context.ts';

export const assertionOid = '1.3.6.1.1.12';
export const preReadOid = '1.3.6.1.1.13.1';
export const postReadOid = '1.3.6.1.1.13.2';

/** The operations each control goes with. */
export const entryControlKinds: Readonly<Record<string, readonly LdapRequest['kind'][]>> = {
  [assertionOid]: ['search', 'compare', 'add', 'modify', 'delete', 'modify-dn'],
  [preReadOid]: ['modify', 'delete', 'modify-dn'],
  [postReadOid]: ['add', 'modify', 'modify-dn'],
};

export interface EntryControls {
  readonly assertion: Filter | undefined;
  /** Attributes asked for. */
  readonly preRead: readonly string[] | undefined;
  readonly postRead: readonly string[] | undefined;
}

/** Throws MalformedBer, protocolError for a control given twice. */
export function readEntryControls(kind: LdapRequest['kind'], controls: readonly Control[]): EntryControls {
  const find = (oid: string) => {
    const found = controls.filter((control) => control.oid === oid);
    if (found.length > 1) throw new LdapFailure('protocolError', 'control specified multiple times');
    const [control] = entryControlKinds[oid]?.includes(kind) === true ? found : [];
    return control === undefined ? undefined : createBerReader(control.value ?? Buffer.alloc(0));
  };
  const assertion = find(assertionOid);
  const preRead = find(preReadOid);
  const postRead = find(postReadOid);
  return {
    assertion: assertion && readWhole(assertion, decodeFilter),
    preRead: preRead && readWhole(preRead, readSelection),
    postRead: postRead && readWhole(postRead, readSelection),
  };
}

type Reader = ReturnType<typeof createBerReader>;

function readWhole<T>(reader: Reader, read: (reader: Reader) => T): T {
  const value = read(reader);
  reader.expectEnd();
  return value;
}

function readSelection(reader: Reader): string[] {
  const list = reader.readNested();
  const attributes: string[] = [];
  while (list.peekTag() !== undefined) attributes.push(list.readText());
  return attributes;
}

/** Throws assertionFailed unless the entry meets the assertion, as far as the client may know it. */
export function checkAssertion(
  { directory, subject, entryControls }: OperationContext,
  entry: Pick<Entry, 'key' | 'dn' | 'attributes'>,
): void {
  if (entryControls.assertion === undefined) return;
  const rule = findRule(subject, entry.key);
  const isPublic = entry === directory.rootDse || entry === directory.subschema;
  const hides = (key: string) => !isPublic && (rule === undefined || isHidden(rule, key));
  const condition = compileFilter(directory.schema, entryControls.assertion, hides);
  const whole = { id: 0, parent: undefined, ...entry };
  if (evaluate(directory.schema, condition, whole, hides) !== true) throw new LdapFailure('assertionFailed');
}

export function readBefore(context: OperationContext, entry: Entry): ResponseControl[] {
  return readEntry(context, preReadOid, context.entryControls.preRead, entry);
}

/** `key`: of the entry as it is named now. */
export function readAfter(context: OperationContext, key: string): ResponseControl[] {
  if (context.entryControls.postRead === undefined) return [];
  const entry = context.directory.store.find(key);
  return entry === undefined ? [] : readEntry(context, postReadOid, context.entryControls.postRead, entry);
}

function readEntry(
  { directory, subject }: OperationContext,
  oid: string,
  attributes: readonly string[] | undefined,
  entry: Entry,
): ResponseControl[] {
  const rule = findRule(subject, entry.key);
  if (attributes === undefined || rule === undefined) return [];
  const projected = projectEntry(entry, parseSelection(directory.schema, attributes, false), {
    schema: directory.schema,
    isHidden: (key) => isHidden(rule, key),
    hasChildren: ({ id }) => directory.store.hasChildren(id),
  });
  return [{ oid, value: encodeEntryAlone(entry.dn, projected) }];
}
