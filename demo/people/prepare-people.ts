/**
 * Brings the demo's people into the states that people.ts plans for them, through the hub's own services. Runs at
 * every start and does only what is missing: opens, activates, and gives back what the calendar has taken away.
 * What somebody did with an account (opened it, changed its password) stays.
 */
import type { Services } from '#src/compose/services.ts';
import { newAccountSchema } from '#accounts/open-account.ts';
import type { Account } from '#domain/account.ts';
import { actorName } from '#domain/actor.ts';
import type { AccountChange } from '#domain/directory.ts';
import { dayOf } from '#domain/calendar.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { organizations } from './agencies.ts';
import { bindingChange, findPersonCard, type DemoCards } from './bind-cards.ts';
import { people, type DemoPerson } from './people.ts';

const actor = { kind: 'system', purpose: 'command' } as const;
const context = { actor: actorName(actor) };
const warrant = { form: 'DEMO-1', reason: 'demo' };
const hour = 3_600_000;
/** Since when the people who are not new have been using their accounts. */
const longAgo = 30 * 24 * hour;

export async function preparePeople(services: Services, cards: DemoCards): Promise<void> {
  const { directory } = services;
  await Promise.all(
    organizations.map(({ oid, name, code }) =>
      directory.organizations.putOrganization(actor, { oid, name, ...(code !== undefined && { code }) }),
    ),
  );
  for (const person of people) await preparePerson(services, person, cards);
}

/** The account of a demo person, as it is now. */
export async function findDemoAccount(
  { directory }: Pick<Services, 'directory'>,
  { nationalId }: DemoPerson,
): Promise<Account | undefined> {
  const id = parseNationalId(nationalId);
  if (!id) throw new Error(`${nationalId} is not a national ID`);
  return directory.accounts.findAccountByNationalId(actor, id);
}

async function preparePerson(services: Services, person: DemoPerson, cards: DemoCards): Promise<void> {
  const opened = (await findDemoAccount(services, person)) ?? (await open(services, person));
  const account = await activateIfPlanned(services, person, opened);
  await renew(services, person, account);
  await registerCard(services, person, cards);
}

function open({ openAccount }: Services, person: DemoPerson): Promise<Account> {
  const { nationalId, name, birthday, agency, unit, office, categories, roles, email, title } = person;
  const input = newAccountSchema.parse({
    nationalId,
    name,
    birthday,
    agency,
    ...(unit && { unit }),
    ...(office && { office }),
    ...(categories && { categories }),
    jurisdictionOid: jurisdictionOf(person),
    grants: roles.map((role) => ({ role })),
    contact: { email, ...(title !== undefined && { title }) },
  });
  return openAccount(actor, input, warrant, context);
}

/** A manager's is their own unit; officials have that of whoever opened the account. */
function jurisdictionOf({ agency, unit, office }: DemoPerson): string {
  return office === 'manager' && unit ? unit.oid : agency.oid;
}

/** Sets the planned password on an account that nobody has used yet. */
async function activateIfPlanned(services: Services, person: DemoPerson, account: Account): Promise<Account> {
  const isUntouched = account.status === 'not-opened' && account.password.history.length === 0;
  if (person.password === undefined || !isUntouched) return account;
  const verdict = await services.newPasswords.prepare(account, person.password);
  if (!verdict.ok) throw new Error(`the password of ${person.nameEn} breaks: ${verdict.broken.join(', ')}`);
  const agreedVersion = services.config.rulesOfUse.version;
  const activation = { password: verdict.password, agreedVersion, mailConfirmed: true };
  await services.activateAccount(account, activation, context);
  if (person.plan !== 'grace') {
    const then = new Date(services.machine.clock.now().getTime() - longAgo);
    await modify(services, person, { activatedAt: then, passwordChangedAt: then });
  }
  return reload(services, person);
}

async function renew(services: Services, person: DemoPerson, account: Account): Promise<void> {
  const now = services.machine.clock.now();
  const today = dayOf(now);
  const { status, password, activatedAt } = account;
  if (status === 'not-opened') {
    if (password.openingDay !== today) await services.resetPassword(actor, account, warrant, context);
  } else if (person.plan === 'grace') {
    const started = activatedAt?.getTime() ?? 0;
    const left = started + services.config.login.graceHours * hour - now.getTime();
    // Enough for a day of trying out.
    if (left < 24 * hour) await modify(services, person, { activatedAt: now });
  } else if (person.plan === 'one-day' && status === 'enabled' && password.oneDay?.day !== today) {
    await services.enableOneDayPassword(actor, account, warrant, context);
  } else if (person.plan === 'disabled' && status === 'enabled') {
    await modify(services, person, { status: 'disabled' });
  }
}

async function registerCard(services: Services, person: DemoPerson, cards: DemoCards): Promise<void> {
  const card = findPersonCard(person.nationalId);
  const now = services.machine.clock.now();
  const change = card && bindingChange(cards, card, await reload(services, person), now);
  if (change) await modify(services, person, change);
}

async function modify(services: Services, person: DemoPerson, change: AccountChange): Promise<void> {
  const { id, revision } = await reload(services, person);
  await services.directory.accounts.modifyAccount(actor, id, revision, change);
}

async function reload(services: Services, person: DemoPerson): Promise<Account> {
  const account = await findDemoAccount(services, person);
  if (!account) throw new Error(`the account of ${person.nameEn} is gone`);
  return account;
}
