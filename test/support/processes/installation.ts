/**
 * One data folder, with several configurations over it that differ in the port alone, and its services in this
 * process: people are opened through them and records looked into, while `hufu serve` processes serve it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { readTrail } from '#audit/read-trail.ts';
import type { Account } from '#domain/account.ts';
import type { ChainedEntry } from '#domain/audit-store.ts';
import type { Clock } from '#domain/clock.ts';
import type { Config } from '#config/config.ts';
import { loadConfig } from '#config/load.ts';
import { createLog } from '#src/compose/create-log.ts';
import { openServices, type Services } from '#src/compose/services.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import { clientSecret, freePort, hubConfig, type Person } from '#test/support/hub/hub-world.ts';
import { openMailbox, type Mailbox } from '#test/support/hub/mailbox.ts';
import { samplePerson, type SamplePerson } from '#test/support/hub/sample-people.ts';

export interface Installation {
  readonly folder: string;
  /** The issuer: the first process's address. */
  readonly origin: string;
  /** Addresses of the processes. */
  readonly origins: readonly string[];
  readonly configFiles: readonly string[];
  /** Configuration of the first process. */
  readonly config: Config;
  readonly mailbox: Mailbox;
  openServices(clock?: Clock): Promise<Services>;
  remove(): void;
}

export async function createInstallation(processes: number, more: object = {}): Promise<Installation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-processes-'));
  noteCanary(clientSecret);
  const ports: number[] = [];
  while (ports.length < processes) ports.push(await freePort());
  const hosts = ports.map((port) => `localhost:${port}`);
  const issuer = `http://${hosts[0]}`;
  const configFiles = ports.map((port, nth) => {
    const file = path.join(folder, `hufu-${nth}.yaml`);
    writeFileSync(file, stringify({ ...hubConfig(folder, port, more), issuer, hosts }));
    return file;
  });
  const [firstFile = ''] = configFiles;
  const config = loadConfig({
    files: [firstFile],
    environment: { CLIENT_SECRET: clientSecret },
    cwd: folder,
  });
  return {
    folder,
    origin: issuer,
    origins: hosts.map((host) => `http://${host}`),
    configFiles,
    config,
    mailbox: openMailbox(path.join(folder, 'mail')),
    openServices: (clock = systemClock) =>
      openServices(config, { clock, random: systemRandom, log: createLog(config.log) }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

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

export interface AuditedFact {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly id: string;
  readonly settles?: string;
  readonly onAccount?: string;
}

/** What the trail says, after the entry numbered `after`. */
export async function auditedFacts(services: Services, after = 0): Promise<readonly AuditedFact[]> {
  const facts: AuditedFact[] = [];
  for await (const entry of readTrail(services.stores.records.audit, after)) facts.push(factOf(entry));
  return facts;
}

function factOf({ entry }: ChainedEntry): AuditedFact {
  return JSON.parse(entry) as AuditedFact;
}
