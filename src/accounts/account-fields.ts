/** Fields of accounts as managers, commands and programs give them; each value in its stored form once parsed. */
import { z } from 'zod';
import { parseDay, type Day } from '#domain/calendar.ts';
import { isRoleCode } from '#domain/grant.ts';
import { parseMailAddress } from '#domain/mail.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';

/** A text checked and branded by `parse`, with a message that says what is expected. */
const checked = <Value extends string>(parse: (text: string) => Value | undefined, expected: string) =>
  z.string().transform((text, context): Value => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });

const line = (maximum: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(maximum)
        // Nor what breaks a line or turns the reading direction, so that a name reads as what it is.
        .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+$/u, 'expected: no control characters'),
    );

const oid = checked<Oid>(parseOid, 'expected: an OID such as 2.16.886.101.90027');

export const accountFields = {
  name: line(100),
  nationalId: checked<NationalId>(parseNationalId, 'expected: a national ID or resident certificate number'),
  birthday: z
    .string()
    .regex(/^\d{4}$/, 'expected: month and day of birth as MMDD')
    .refine(
      (text) => parseDay(`2000-${text.slice(0, 2)}-${text.slice(2)}`) !== undefined,
      'expected: a day that exists',
    ),
  agency: z.strictObject({
    oid,
    code: z.string().regex(/^[A-Z0-9]{10}$/, 'expected: ten characters'),
    name: line(100),
  }),
  unit: z.strictObject({ oid, name: line(100) }),
  jurisdictionOid: oid,
  office: z.enum(['general', 'manager', 'programme-officer']),
  categories: z.array(line(64)),
  grants: z.array(
    z.strictObject({
      role: z.string().refine(isRoleCode, 'expected: a role code such as csm_user'),
      until: checked<Day>(parseDay, 'expected: a day as YYYY-MM-DD').exactOptional(),
    }),
  ),
} as const;

export const contactFields = {
  email: checked(parseMailAddress, 'expected: a bare e-mail address'),
  phone: line(40),
  extension: line(20),
  mobile: line(40),
  fax: line(40),
  postalCode: line(10),
  address: line(200),
  title: line(60),
  staffNumber: line(40),
} as const;

const { email, ...further } = contactFields;

/** Contact of a new account: an address for codes, and what else is known. */
export const contactSchema = z.strictObject({
  email,
  phone: further.phone.exactOptional(),
  extension: further.extension.exactOptional(),
  mobile: further.mobile.exactOptional(),
  fax: further.fax.exactOptional(),
  postalCode: further.postalCode.exactOptional(),
  address: further.address.exactOptional(),
  title: further.title.exactOptional(),
  staffNumber: further.staffNumber.exactOptional(),
});

/** A change of the contact: absent is left alone, null removes. The address can be replaced, not removed. */
export const contactChangeSchema = z.strictObject({
  email: email.exactOptional(),
  phone: further.phone.nullable().exactOptional(),
  extension: further.extension.nullable().exactOptional(),
  mobile: further.mobile.nullable().exactOptional(),
  fax: further.fax.nullable().exactOptional(),
  postalCode: further.postalCode.nullable().exactOptional(),
  address: further.address.nullable().exactOptional(),
  title: further.title.nullable().exactOptional(),
  staffNumber: further.staffNumber.nullable().exactOptional(),
});
