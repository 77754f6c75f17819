/** Criteria of a list. What tells of one person (name, national ID) is searched by a body, never by an address. */
import { z } from 'zod';
import { accountFields } from '#accounts/account-fields.ts';
import { largestPage } from '#domain/account-listing.ts';

const criteria = {
  underOid: accountFields.jurisdictionOid.exactOptional().describe('The unit itself and all below it.'),
  status: z.enum(['not-opened', 'enabled', 'disabled']).exactOptional(),
  role: z.string().max(64).exactOptional().describe('Holds this role, in force or ended.'),
  category: z.string().max(64).exactOptional().describe('Holds any role of it.'),
  office: accountFields.office.exactOptional(),
};

const dormantSince = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .exactOptional()
  .describe('Opened before this instant and not logged in since it.');

const order = z
  .enum(['name', 'unit', 'opened-on', 'last-login'])
  .default('name')
  .describe('Of lists up to 2,000; longer ones come in the order of ids.');

const cursor = z.string().max(500).exactOptional().describe('`next` of the answer before.');

const digits = z.string().regex(/^[0-9]{1,3}$/, 'expected: a number');
const page = z.int().min(1).max(largestPage);

export const listQuery = z.strictObject({
  ...criteria,
  dormantSince,
  neverLoggedIn: z
    .literal('true')
    .transform((): true => true)
    .exactOptional(),
  order,
  descending: z.enum(['true', 'false']).default('false'),
  pageSize: digits.default('50').transform(Number).pipe(page),
  cursor,
});

export const searchBody = z.strictObject({
  ...criteria,
  nameKeyword: z
    .string()
    .max(100)
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'expected: more than blanks'))
    .exactOptional()
    .describe('A part of the name, in any case.'),
  nationalId: accountFields.nationalId.exactOptional(),
  dormantSince,
  neverLoggedIn: z.literal(true).exactOptional(),
  order,
  descending: z.boolean().default(false),
  pageSize: page.default(50),
  cursor,
});

/** The same criteria, all at once. */
export const exportBody = searchBody.omit({ order: true, descending: true, pageSize: true, cursor: true });
