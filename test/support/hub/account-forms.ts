/** Forms of the registration service filled in, and people opened at a place of the tree. */
import { newAccountSchema } from '#accounts/open-account.ts';
import type { Account } from '#domain/account.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import type { HubWorld } from './hub-world.ts';
import type { SigningIn } from './signing-in.ts';
import { samplePerson, sampleNationalId } from './sample-people.ts';

export const command = { kind: 'system', purpose: 'command' } as const;
export const root = '2.16.886.101.90027.20002';

export const warrant = { formNumber: 'D-06-09-001', reason: '測試' };

export function oidOf(text: string): Oid {
  const oid = parseOid(text);
  if (!oid) throw new Error(`${text} is no OID`);
  return oid;
}

/** Units of the sample agency, and another agency whose OID only looks like it. */
export async function putOrganizations(world: HubWorld): Promise<void> {
  const { organizations } = world.hub.services.directory;
  const all = [
    [root, '測試縣政府'],
    [`${root}.20011`, '工商課'],
    [`${root}.20012`, '稅務課'],
    [`${root}1`, '別縣政府'],
  ] as const;
  for (const [oid, name] of all)
    await organizations.putOrganization(command, { oid: oidOf(oid), name, code: '387000000A' });
}

/** Opens an account at `place`. */
export async function openAt(
  world: HubWorld,
  n: number,
  { name = `測試員${n}`, place = `${root}.20011` }: { name?: string; place?: string } = {},
): Promise<Account> {
  const unit = { oid: place, name: `單位${place}` };
  const input = newAccountSchema.parse({ ...samplePerson({ n, name }), unit });
  return world.hub.services.openAccount(
    command,
    input,
    { form: 'T-1', reason: 'test' },
    { actor: 'system:command' },
  );
}

export async function accountOf(world: HubWorld, { id }: Pick<Account, 'id'>): Promise<Account> {
  const account = await world.hub.services.directory.accounts.findAccount(command, id);
  if (!account) throw new Error('the account is gone');
  return account;
}

/** Every field of the form of an account, filled in for the `n`th sample person. */
export function accountForm(n: number, more: Record<string, string> = {}): Record<string, string> {
  return {
    name: `測試員${n}`,
    nationalId: sampleNationalId(n),
    birthday: '0215',
    email: `person${n}@example.test`,
    title: '',
    staffNumber: '',
    phone: '',
    extension: '',
    mobile: '',
    fax: '',
    postalCode: '',
    address: '',
    unit: '',
    ...warrant,
    ...more,
  };
}

/** Posts `fields` with the token of the page at `from`. */
export async function postFrom(
  at: SigningIn,
  from: string,
  to: string,
  fields: Record<string, string>,
): ReturnType<SigningIn['post']> {
  const { csrf } = await at.open(from);
  return at.post(to, { csrf, ...fields });
}
