/**
 * What of a filter the directory can look for itself. What remains is judged here over what was found, when that is not too
 * much; attributes that lists do not tell cannot be filtered by. Throws ScimError `invalidFilter`.
 */
import type { AccountCriteria } from '#accounts/management/list-accounts.ts';
import { parseAccountId, type AccountId } from '#domain/account.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { parseOid } from '#domain/oid.ts';
import { findPath, userType, type FoundAttribute } from '../resource-type.ts';
import { ScimError } from '../scim-error.ts';
import type { AttributePath, Filter } from './filter.ts';

export interface Looked {
  readonly criteria: AccountCriteria;
  /** The one account that it can be. */
  readonly id?: AccountId;
  /** What the criteria do not say. */
  readonly rest?: Filter;
  /** Nobody can meet it. */
  readonly none?: true;
}

interface Options {
  /** Whether a national ID may be looked for: by a body, never by an address. */
  readonly byBody: boolean;
}

type Part = Pick<Looked, 'id' | 'none'> & {
  readonly criteria?: AccountCriteria;
  /** Whether the criteria say all of it. */
  readonly whole: boolean;
};

export function criteriaOf(filter: Filter, options: Options): Looked {
  let looked: Looked = { criteria: {} };
  for (const part of conjuncts(filter)) {
    const { criteria = {}, whole, ...found } = partOf(part, options);
    // A second value of the same criterion is judged afterwards.
    const isFree =
      Object.keys(criteria).every((name) => !(name in looked.criteria)) && !(found.id && looked.id);
    const keep: Filter | undefined = whole && isFree ? undefined : part;
    const rest = keep && (looked.rest ? ({ op: 'and', left: looked.rest, right: keep } as const) : keep);
    looked = {
      ...looked,
      ...(isFree && { ...found, criteria: { ...looked.criteria, ...criteria } }),
      ...(rest && { rest }),
    };
  }
  return looked;
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.op === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}

function partOf(filter: Filter, options: Options): Part {
  if (!('value' in filter)) {
    checkKnown(filter);
    return { whole: false };
  }
  const { op, path, value } = filter;
  const name = nameOf(path);
  if (name === 'official.nationalId') return nationalIdPart(filter, options);
  // Clients ask by it whether somebody is there, before they make them.
  if (isExternalId(path) && op === 'eq' && value !== null) return { none: true, whole: true };
  checkKnown(filter);
  if (typeof value === 'boolean') {
    const isDisabled = name === 'active' && op === 'eq' && !value;
    return isDisabled ? { criteria: { status: 'disabled' }, whole: true } : { whole: false };
  }
  // Blanks alone are no keyword; they are compared here as they stand.
  if (typeof value !== 'string' || value.trim() === '') return { whole: false };
  if (op === 'eq') return equalPart(name, value);
  // Case and writing are the directory's to compare: it finds at least these.
  const isPart = op === 'co' || op === 'sw' || op === 'ew';
  const isName = name === 'displayName' || name === 'name.formatted' || name === 'name';
  return isPart && isName
    ? { criteria: { nameKeyword: value }, whole: op === 'co' && value === value.trim() }
    : { whole: false };
}

function equalPart(name: string | undefined, value: string): Part {
  switch (name) {
    case 'id':
    case 'userName': {
      const id = parseAccountId(value);
      return id ? { id, whole: false } : { none: true, whole: false };
    }
    case 'displayName':
    case 'name.formatted':
      return { criteria: { nameKeyword: value }, whole: false };
    case 'groups':
    case 'groups.value':
      return { criteria: { role: value }, whole: true };
    case 'official.status':
      return value === 'not-opened' || value === 'enabled' || value === 'disabled'
        ? { criteria: { status: value }, whole: true }
        : { whole: false };
    case 'official.unit.oid': {
      const oid = parseOid(value);
      return oid ? { criteria: { underOid: oid }, whole: false } : { whole: false };
    }
    default:
      return { whole: false };
  }
}

function nationalIdPart(filter: Filter, { byBody }: Options): Part {
  const value = 'value' in filter && filter.op === 'eq' ? filter.value : undefined;
  if (!byBody || typeof value !== 'string')
    throw new ScimError('invalidFilter', 'a national ID is looked for by POST …/.search and eq alone');
  const nationalId = parseNationalId(value);
  return nationalId ? { criteria: { nationalId }, whole: true } : { none: true, whole: true };
}

/** What a list does not tell. */
const unknownToLists: ReadonlySet<string> = new Set(['emails', 'phoneNumbers', 'addresses', 'schemas']);
const unknownOfOfficials: ReadonlySet<string> = new Set([
  'nationalId',
  'birthday',
  'staffNumber',
  'extension',
]);

function checkKnown(filter: Filter, of?: AttributePath): void {
  switch (filter.op) {
    case 'and':
    case 'or':
      checkKnown(filter.left, of);
      return checkKnown(filter.right, of);
    case 'not':
      return checkKnown(filter.filter, of);
    case 'some':
      checkPath(filter.path);
      return checkKnown(filter.filter, filter.path);
    default:
      return checkPath(of ? { ...of, sub: filter.path.name } : filter.path);
  }
}

/** Of every resource (RFC 7643, section 3.1), and no account has one: it is known, and has no value. */
function isExternalId({ schema, name, sub }: AttributePath): boolean {
  return schema === undefined && sub === undefined && name.toLowerCase() === 'externalid';
}

function checkPath(path: AttributePath): void {
  if (isExternalId(path)) return;
  const found = findPath(userType, path);
  const { attribute, extension } = found ?? {};
  const isUnknown =
    !attribute || (extension === undefined ? unknownToLists : unknownOfOfficials).has(attribute.name);
  if (isUnknown)
    throw new ScimError('invalidFilter', `users cannot be filtered by ${path.name.slice(0, 100)}`);
}

function nameOf(path: AttributePath): string | undefined {
  const found: FoundAttribute | undefined = findPath(userType, path);
  if (!found) return undefined;
  const { extension, attribute, sub } = found;
  return [extension && 'official', attribute.name, sub?.name].filter((part) => part !== undefined).join('.');
}
