/** What a user as sent means for the account: what to open it with, or which of its fields are to change. Throws ScimError. */
import type { z } from 'zod';
import { editSchema, openingSchema, type EditInput, type OpeningInput } from '../account-input.ts';
import { asList, isObject, type Json, type Resource } from './resource.ts';
import { ScimError } from './scim-error.ts';
import { officialSchemaId } from './user-schema.ts';

const elsewhere: ReadonlySet<Json> = new Set(['home', 'other', 'pager']);

/**
 * A whole resource as provisioning systems send it, without what lies outside the office: numbers and addresses of other places, and
 * of several e-mail addresses those that are not primary. Of two different names the whole one counts, as somebody may be called otherwise;
 * unless it is that of `before`, the resource as it is: then the other one is what was changed.
 */
export function officeOf(resource: Resource, before: Resource = {}): Resource {
  const result: Record<string, Json> = { ...resource };
  for (const name of ['emails', 'phoneNumbers', 'addresses']) {
    if (!Array.isArray(resource[name])) continue;
    result[name] = asList(resource[name]).filter(
      (one) => !isObject(one) || !elsewhere.has(one['type'] ?? 'work'),
    );
  }
  const whole = isObject(resource['name']) ? textIn(resource['name'], 'formatted') : undefined;
  if (whole !== undefined && whole !== nameOf(before)) result['displayName'] = whole;
  const emails = asList(result['emails']);
  const primary = emails.filter((one) => isObject(one) && one['primary'] === true);
  return primary.length === 1 ? { ...result, emails: primary } : result;
}

/** The fields of an account that SCIM writes, as the resource has them. */
interface Fields {
  readonly name?: string;
  readonly nationalId?: string;
  readonly birthday?: string;
  readonly agency?: Json;
  readonly unit?: Json;
  readonly contact: Readonly<Record<string, string>>;
}

export function openingOf(resource: Resource): OpeningInput {
  return parsed(openingSchema, fieldsOf(resource, nameOf(resource)));
}

export interface UserChange {
  /** Undefined: nothing of it is to change. */
  readonly edit?: EditInput;
  readonly active?: boolean;
}

/** What differs between the resource as it is and as it is to be. */
export function changeOf(before: Resource, after: Resource): UserChange {
  const was = fieldsOf(before, nameOf(before));
  const is = fieldsOf(after, changedName(before, after));
  const contact = Object.fromEntries(
    [...new Set([...Object.keys(was.contact), ...Object.keys(is.contact)])].flatMap((field) => {
      const value = is.contact[field] ?? null;
      return value === (was.contact[field] ?? null) ? [] : [[field, value]];
    }),
  );
  if (contact['email'] === null) throw new ScimError('invalidValue', 'emails needs the one address');
  if (is.name === undefined) throw new ScimError('invalidValue', 'name.formatted is needed');
  if (is.agency === undefined) throw new ScimError('invalidValue', 'agency is needed');
  const edit = {
    ...(is.name !== was.name && { name: is.name }),
    // Written, never read: what is there is a change.
    ...(is.nationalId !== undefined && { nationalId: is.nationalId }),
    ...(is.birthday !== undefined && { birthday: is.birthday }),
    ...(oidIn(was.agency) !== oidIn(is.agency) && { agency: is.agency }),
    ...(oidIn(was.unit) !== oidIn(is.unit) && { unit: is.unit ?? null }),
    ...(Object.keys(contact).length > 0 && { contact }),
  };
  const active = after['active'];
  return {
    ...(Object.keys(edit).length > 0 && { edit: parsed(editSchema, edit) }),
    ...(typeof active === 'boolean' && active !== before['active'] && { active }),
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ScimError('invalidValue', faults.join('; '));
}

function oidIn(place: Json | undefined): Json | undefined {
  return isObject(place) ? (place['oid'] ?? null) : place;
}

function nameOf(resource: Resource): string | undefined {
  const { name, displayName } = resource;
  const formatted = isObject(name) ? textIn(name, 'formatted') : undefined;
  return formatted ?? (typeof displayName === 'string' ? displayName : undefined);
}

/** Two attributes for one field: the one that was changed counts. */
function changedName(before: Resource, after: Resource): string | undefined {
  const was = nameOf(before);
  const formatted = isObject(after['name']) ? textIn(after['name'], 'formatted') : undefined;
  const shown = typeof after['displayName'] === 'string' ? after['displayName'] : undefined;
  if (formatted === undefined || shown === undefined || formatted === shown) return formatted ?? shown;
  if (formatted !== was && shown !== was)
    throw new ScimError('invalidValue', 'name.formatted and displayName are one name');
  return formatted === was ? shown : formatted;
}

function fieldsOf(resource: Resource, name: string | undefined): Fields {
  const extension = resource[officialSchemaId];
  const official = isObject(extension) ? extension : {};
  const { agency, unit } = official;
  return {
    ...only('name', name),
    ...only('nationalId', textIn(official, 'nationalId')),
    ...only('birthday', textIn(official, 'birthday')),
    ...(agency !== undefined && { agency }),
    ...(unit !== undefined && { unit }),
    contact: {
      ...only('title', textIn(resource, 'title')),
      ...only('email', emailOf(resource)),
      ...phonesOf(resource),
      ...addressOf(resource),
      ...only('staffNumber', textIn(official, 'staffNumber')),
      ...only('extension', textIn(official, 'extension')),
    },
  };
}

function emailOf({ emails }: Resource): string | undefined {
  const [first, ...others] = asList(emails);
  if (others.length > 0) throw new ScimError('invalidValue', 'emails has the one address of work');
  if (!isObject(first)) return undefined;
  if ((first['type'] ?? 'work') !== 'work') throw new ScimError('invalidValue', 'emails: type is work');
  return textIn(first, 'value');
}

const phoneFields = { work: 'phone', mobile: 'mobile', fax: 'fax' } as const;

function phonesOf({ phoneNumbers }: Resource): Record<string, string> {
  const result: Record<string, string> = {};
  for (const number of asList(phoneNumbers)) {
    if (!isObject(number)) continue;
    const type = number['type'] ?? 'work';
    const field = type === 'work' || type === 'mobile' || type === 'fax' ? phoneFields[type] : undefined;
    const value = textIn(number, 'value');
    if (field === undefined || field in result)
      throw new ScimError('invalidValue', 'phoneNumbers: one each of work, mobile, fax');
    if (value !== undefined) result[field] = value;
  }
  return result;
}

function addressOf({ addresses }: Resource): Record<string, string> {
  const [first, ...others] = asList(addresses);
  if (others.length > 0) throw new ScimError('invalidValue', 'addresses has the one of work');
  if (!isObject(first)) return {};
  return {
    // May have several lines (RFC 7643, section 4.1.2); here it is one.
    ...only('address', linesOf(textIn(first, 'formatted'))?.join(' ')),
    ...only('postalCode', textIn(first, 'postalCode')),
  };
}

/** Lines with something in them. Not by one pattern for an end with the blanks around it: many blanks would be gone through from each on. */
function linesOf(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function textIn(object: Resource, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function only<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string };
}
