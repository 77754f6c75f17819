/** Opening an account (開立帳號): the person does not exist yet; the opening password is good on the day of opening. */
import { z } from 'zod';
import { accountOpened } from '#audit/events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import { dayOf, parseDay, type Day } from '#domain/calendar.ts';
import type { Clock } from '#domain/clock.ts';
import type { AccountDirectory } from '#domain/directory.ts';
import { formatGrant, isRoleCode } from '#domain/grant.ts';
import { parseMailAddress } from '#domain/mail.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import type { Random } from '#domain/random.ts';
import { newAccountId } from './account-id.ts';
import { auditedChange } from './audited-change.ts';
import type { Warrant } from './warrant.ts';

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

export const newAccountSchema = z.strictObject({
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
  unit: z.strictObject({ oid, name: line(100) }).exactOptional(),
  jurisdictionOid: oid,
  office: z.enum(['general', 'manager', 'programme-officer']).default('general'),
  categories: z.array(line(64)).default([]),
  grants: z
    .array(
      z.strictObject({
        role: z.string().refine(isRoleCode, 'expected: a role code such as csm_user'),
        until: checked<Day>(parseDay, 'expected: a day as YYYY-MM-DD').exactOptional(),
      }),
    )
    .default([]),
  contact: z.strictObject({
    email: checked(parseMailAddress, 'expected: a bare e-mail address'),
    phone: line(40).exactOptional(),
    extension: line(20).exactOptional(),
    mobile: line(40).exactOptional(),
    fax: line(40).exactOptional(),
    postalCode: line(10).exactOptional(),
    address: line(200).exactOptional(),
    title: line(60).exactOptional(),
    staffNumber: line(40).exactOptional(),
  }),
});

export type NewAccountInput = z.infer<typeof newAccountSchema>;

interface Dependencies {
  readonly accounts: Pick<AccountDirectory, 'openAccount'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly random: Random;
}

/** Opens an account and gives it; throws `not-unique` when the person has one already. */
export type OpenAccount = (
  actor: Actor,
  input: NewAccountInput,
  warrant: Warrant,
  context: AuditContext,
) => Promise<Account>;

export function createOpenAccount({ accounts, audit, clock, random }: Dependencies): OpenAccount {
  return async (actor, input, warrant, context) => {
    const today = dayOf(clock.now());
    const account = { ...input, id: newAccountId(random), openedOn: today, openingDay: today };
    const event = accountOpened(context, {
      account: { id: account.id, scopeOid: (input.unit ?? input.agency).oid },
      revision: 1,
      form: warrant.form,
      evidence: {
        reason: warrant.reason,
        office: input.office,
        roles: input.grants.map(formatGrant).join(' '),
        categories: input.categories.join(' '),
      },
    });
    return auditedChange(audit, event, () => accounts.openAccount(actor, account));
  };
}
