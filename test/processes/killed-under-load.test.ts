/**
 * A hub killed at any moment, twenty times on one data folder: whatever it had acknowledged holds after the next
 * start, the audit trail is whole and says what the directory says, and nothing was done twice.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '#src/compose/services.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { createLog } from '#src/compose/create-log.ts';
import { verifyInstalledTrail } from '#src/compose/verify-trail.ts';
import type { HttpBrowser } from '#test/support/http-browser.ts';
import { hasCode } from '#test/support/hub/mailbox.ts';
import { createOffsetClock } from '#test/support/hub/offset-clock.ts';
import { authorizationRequest, signingIn } from '#test/support/hub/signing-in.ts';
import { accountNow, activePerson, enableToday, openPerson } from '#test/support/hub/people.ts';
import {
  auditedFacts,
  createInstallation,
  type AuditedFact,
  type Installation,
} from '#test/support/processes/installation.ts';
import { newEntry, type Ledger, type LoadedPerson } from '#test/support/processes/ledger.ts';
import { startLoad } from '#test/support/processes/load-client.ts';
import { startServeProcess } from '#test/support/processes/serve-process.ts';

const rounds = 20;
const clients = 6;
const longestLoadMs = 1500;
const day = 24 * 3_600_000;
const samplePassword = 'Correct-horse-7-battery';
const roles = ['csm_user_nocert'];

let installation: Installation;
let ledger: Ledger;

beforeAll(async () => {
  installation = await createInstallation(1, { audit: { checkpoint: { everyEntries: 10 } } });
  const people: LoadedPerson[] = [];
  // Activated longer ago than the time given to register a card: only on an enabled day, and with a change first.
  const clock = createOffsetClock();
  clock.advance(-5 * day);
  const before = await installation.openServices(clock);
  await before.prepare();
  for (let n = 1; n <= 30; n += 1) {
    people.push(
      newEntry(await activePerson(before, { n, roles }, samplePassword), 'to-change', samplePassword),
    );
  }
  await before.close();
  const services = await installation.openServices();
  for (const { person } of people) await enableToday(services, person);
  for (let n = 31; n <= 75; n += 1) {
    const person = await openPerson(services, { n, roles });
    people.push(newEntry(person, 'waiting', person.openingPassword));
  }
  await services.close();
  ledger = { people, loggedOut: [], loggedIn: [], touched: new Set() };
});
afterAll(() => installation.remove());

test(
  'killed twenty times under load, the hub has lost nothing that it had acknowledged',
  { timeout: 240_000 },
  async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const hub = await startServeProcess(installation.configFiles[0] ?? '');
      try {
        await expectNothingLost();
        const load = startLoad(installation, ledger, clients);
        await loadBearsFruit();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * longestLoadMs));
        await Promise.all([load.stop(), hub.kill()]);
      } finally {
        await hub.kill();
      }
    }
    const hub = await startServeProcess(installation.configFiles[0] ?? '');
    try {
      await expectNothingLost();
      await expectMailsDelivered();
    } finally {
      await hub.stop();
    }
    // The load was one: every kind of deed had been acknowledged by somebody.
    const counted = {
      activated: ledger.people.filter(({ person, stage }) => stage === 'open' && isWaiting(person)).length,
      changed: ledger.people.filter(({ person, stage }) => stage === 'open' && !isWaiting(person)).length,
      loggedOut: ledger.loggedOut.length,
      codes: ledger.people.reduce((sum, { codesAcknowledged }) => sum + codesAcknowledged, 0),
    };
    process.stdout.write(`acknowledged over ${rounds} kills: ${JSON.stringify(counted)}\n`);
    for (const count of Object.values(counted)) expect(count).toBeGreaterThan(0);
  },
);

/** However slow the machine is: somebody has logged in since the load began. */
async function loadBearsFruit(): Promise<void> {
  const logins = () => ledger.people.reduce((sum, { loginsAcknowledged }) => sum + loginsAcknowledged, 0);
  const before = logins();
  await expect.poll(logins, { timeout: 10_000, interval: 10 }).toBeGreaterThan(before);
}

function isWaiting({ account }: LoadedPerson['person']): boolean {
  return account.status === 'not-opened';
}

/** Looks into the data folder while the hub, started anew, serves it. */
async function expectNothingLost(): Promise<void> {
  // A minute on: what the kill left open may be judged.
  const clock = createOffsetClock();
  clock.advance(61_000);
  const services = await installation.openServices(clock);
  try {
    await services.prepare();
    expect(await services.stores.records.audit.openIntents(new Date(Date.now() + day))).toEqual([]);
    await expectPasswords(services);
    expectAudited(
      await auditedFacts(services),
      await Promise.all(ledger.people.map((each) => statusOf(services, each))),
    );
    await expectSessions();
    const log = createLog({ ...installation.config.log, level: 'error' });
    const machine = { clock, random: systemRandom, log };
    const verdict = await verifyInstalledTrail(installation.config, machine);
    expect(verdict).toMatchObject({ ok: true });
  } finally {
    await services.close();
  }
}

async function statusOf(services: Services, { person }: LoadedPerson): Promise<string> {
  return `${person.account.id} ${(await accountNow(services, person)).status}`;
}

/** Acknowledged passwords are effective; one that was under way either is, whole, or is not. */
async function expectPasswords(services: Services): Promise<void> {
  const effective = async (each: LoadedPerson, password: string): Promise<boolean> =>
    each.stage !== 'waiting' || password === each.pending
      ? services.directory.passwords.checkPassword(await accountNow(services, each.person), password)
      : (await accountNow(services, each.person)).status === 'not-opened';
  for (const each of ledger.people) {
    if (each.pending === undefined) continue;
    const [kept, changed] = [await effective(each, each.password), await effective(each, each.pending)];
    expect([kept, changed].filter(Boolean)).toHaveLength(1);
    if (changed) Object.assign(each, { password: each.pending, stage: 'open' });
    each.pending = undefined;
  }
  for (const each of ledger.touched) expect(await effective(each, each.password)).toBe(true);
  ledger.touched.clear();
}

function expectAudited(facts: readonly AuditedFact[], statuses: readonly string[]): void {
  const done = (id: string, action: string) =>
    facts.filter((fact) => fact.onAccount === id && fact.action === action && fact.outcome === 'done').length;
  for (const { person, loginsSent, loginsAcknowledged } of ledger.people) {
    const { id } = person.account;
    const logins = done(id, 'login.attempt');
    expect(logins).toBeGreaterThanOrEqual(loginsAcknowledged);
    expect(logins).toBeLessThanOrEqual(loginsSent);
    expect(done(id, 'account.activate')).toBe(statuses.includes(`${id} enabled`) ? 1 : 0);
  }
  const settled = facts.flatMap(({ settles }) => settles ?? []);
  expect(new Set(settled).size).toBe(settled.length);
  const loggedOut = facts.filter(({ action }) => action === 'session.log-out').length;
  expect(loggedOut).toBeGreaterThanOrEqual(ledger.loggedOut.length);
}

/** The protocol store survives the death of the process: sessions stay, and what was ended stays ended. */
async function expectSessions(): Promise<void> {
  const silent = authorizationRequest(installation, 'csm', { prompt: 'none' });
  const answerTo = async (browser: HttpBrowser) =>
    (await signingIn(installation, browser).open(silent.url)).leads;
  for (const browser of ledger.loggedOut.slice(-10)) {
    expect((await answerTo(browser))?.searchParams.get('error')).toBe('login_required');
  }
  for (const browser of ledger.loggedIn.slice(-10)) {
    expect((await answerTo(browser))?.searchParams.get('code')).toBeTruthy();
  }
}

/** Beyond the lease of a worker that was killed while it delivered, every acknowledged mail is there. */
async function expectMailsDelivered(): Promise<void> {
  const clock = createOffsetClock();
  clock.advance(130_000);
  const services = await installation.openServices(clock);
  try {
    await expect
      .poll(() => services.stores.records.outbox.counts(), { timeout: 20_000 })
      .toMatchObject({ waiting: 0 });
    for (const { person, codesAcknowledged } of ledger.people) {
      const mails = (await installation.mailbox.mailsTo(person.email)).filter(hasCode);
      expect(mails.length).toBeGreaterThanOrEqual(codesAcknowledged);
    }
  } finally {
    await services.close();
  }
}
