/** People brought into a hub through its own services, as a programme officer's commands do. */
import type { Account } from '#domain/account.ts';
import type { Services } from '#src/compose/services.ts';
import { noteCanary } from './canaries.ts';
import type { Person } from './hub-world.ts';
import { samplePerson, type SamplePerson } from './sample-people.ts';

const actor = { kind: 'system', purpose: 'command' } as const;
const warrant = { form: 'T-1', reason: 'test' };
const context = { actor: 'system:command' };

/** Opens an account that waits for its first login. */
export async function openPerson(services: Services, sample: SamplePerson): Promise<Person> {
  const input = samplePerson(sample);
  const account = await services.openAccount(actor, input, warrant, context);
  const openingPassword = `MmDd0215${input.nationalId.slice(-4)}`;
  noteCanary(openingPassword);
  return { account, nationalId: input.nationalId, email: input.contact.email, openingPassword };
}

/** Opens and activates an account. */
export async function activePerson(
  services: Services,
  sample: SamplePerson,
  password: string,
): Promise<Person> {
  const person = await openPerson(services, sample);
  noteCanary(password);
  const prepared = await services.newPasswords.prepare(person.account, password);
  if (!prepared.ok) throw new Error(`the sample password breaks ${prepared.broken.join(', ')}`);
  const activation = { password: prepared.password, agreedVersion: '2026-1', mailConfirmed: true };
  await services.activateAccount(person.account, activation, context);
  return { ...person, account: await accountNow(services, person) };
}

/** The account as the directory has it now. */
export async function accountNow(services: Services, person: Person): Promise<Account> {
  const account = await services.directory.accounts.findAccount(actor, person.account.id);
  if (!account) throw new Error('the account is gone');
  return account;
}

/** Enables a one-day password for today; the code that goes with it is in the mail. */
export async function enableToday(services: Services, person: Person): Promise<void> {
  await services.enableOneDayPassword(actor, await accountNow(services, person), warrant, context);
}

/** The check code of the login that `page` belongs to, without the mail. */
export async function issueCode(
  services: Services,
  { account }: Pick<Person, 'account'>,
  page: { readonly url: URL },
): Promise<string> {
  const uid = page.url.pathname.split('/')[2] ?? '';
  const { code } = await services.codes.issueForLogin(account.id, uid);
  noteCanary(code);
  return code;
}
