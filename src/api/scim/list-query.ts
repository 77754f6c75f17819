/** What lists may be asked (RFC 7644, section 3.4.2; cursors RFC 9865), by address or by body. */
import { z } from 'zod';
import type { Resource } from './resource.ts';
import { ScimError } from './scim-error.ts';

export const searchSchemaId = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const listSchemaId = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Resources of one answer at most. */
export const mostResults = 100;

const names = z.string().max(2000);
const number = z.string().regex(/^-?[0-9]{1,9}$/, 'expected: a number');

const shared = {
  filter: z.string().max(2000).exactOptional(),
  sortBy: z.string().max(200).exactOptional(),
  sortOrder: z.enum(['ascending', 'descending']).exactOptional(),
  cursor: z.string().max(500).exactOptional(),
};

export const resourceQuery = z.strictObject({
  attributes: names.exactOptional(),
  excludedAttributes: names.exactOptional(),
});

export const listQuery = z.strictObject({
  ...resourceQuery.shape,
  ...shared,
  startIndex: number.exactOptional(),
  count: number.exactOptional(),
});

export const searchBody = z.strictObject({
  schemas: z.tuple([z.literal(searchSchemaId)]),
  attributes: z.array(names).max(100).exactOptional(),
  excludedAttributes: z.array(names).max(100).exactOptional(),
  ...shared,
  startIndex: z.int().exactOptional(),
  count: z.int().exactOptional(),
});

/** As ListResponse has it. */
export interface ListDocument {
  readonly schemas: readonly string[];
  /** Absent: more than can be counted. */
  readonly totalResults?: number;
  readonly itemsPerPage: number;
  readonly startIndex?: number;
  readonly nextCursor?: string;
  readonly Resources: readonly Resource[];
}

export interface Wanted {
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

export interface AskedList extends Wanted {
  readonly filter?: string;
  readonly sortBy?: string;
  readonly descending: boolean;
  readonly cursor?: string;
  /** From 1 on. */
  readonly startIndex: number;
  readonly count: number;
  readonly byBody: boolean;
}

export function wantedOf({ attributes, excludedAttributes }: z.infer<typeof resourceQuery>): Wanted {
  return {
    ...(attributes !== undefined && { attributes: split(attributes) }),
    ...(excludedAttributes !== undefined && { excludedAttributes: split(excludedAttributes) }),
  };
}

export function askedByAddress(query: z.infer<typeof listQuery>): AskedList {
  const { startIndex, count, attributes: _attributes, excludedAttributes: _excluded, ...rest } = query;
  return asked({ ...rest, ...wantedOf(query), ...numbers({ startIndex, count }) }, false);
}

export function askedByBody(body: z.infer<typeof searchBody>): AskedList {
  return asked(body, true);
}

function numbers(texts: { startIndex: string | undefined; count: string | undefined }) {
  const { startIndex, count } = texts;
  return {
    ...(startIndex !== undefined && { startIndex: Number(startIndex) }),
    ...(count !== undefined && { count: Number(count) }),
  };
}

type Given = Pick<
  z.infer<typeof searchBody>,
  Exclude<keyof z.infer<typeof searchBody>, 'schemas' | 'attributes' | 'excludedAttributes'>
>;

function asked(given: Given & Wanted, byBody: boolean): AskedList {
  const { attributes, excludedAttributes, filter, sortBy, sortOrder, cursor } = given;
  if (attributes && excludedAttributes)
    throw new ScimError('invalidValue', 'attributes or excludedAttributes, not both');
  return {
    ...(attributes && { attributes }),
    ...(excludedAttributes && { excludedAttributes }),
    ...(filter !== undefined && filter !== '' && { filter }),
    ...(sortBy !== undefined && { sortBy }),
    descending: sortOrder === 'descending',
    ...(cursor !== undefined && { cursor }),
    // Out of range is brought into it (table 6).
    startIndex: Math.max(1, given.startIndex ?? 1),
    count: Math.min(Math.max(0, given.count ?? mostResults), mostResults),
    byBody,
  };
}

function split(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
