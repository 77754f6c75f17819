/** A child of the bench: a whole hub as it is shipped, on embedded stores in a temporary folder, counting. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { programStarted } from '#audit/events.ts';
import { loadConfig } from '#config/load.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import type { Log } from '#domain/log.ts';
import { startHub } from '#src/cli/serve.ts';
import { createLog } from '#src/compose/create-log.ts';
import type { Services } from '#src/compose/services.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { clientConfig, clientSecret, freePort, hubConfig } from '#test/support/hub/hub-world.ts';
import { answerParent, endWithParent } from './child.ts';
import { countCalls, createCounter, createCountingLog } from './counted.ts';
import { measure } from './measure.ts';
import { inventedPerson, password } from './people.ts';

export interface HubProcessOptions {
  readonly people: number;
  /** When a refused password login is answered; 0: at once. */
  readonly answerMilliseconds: number;
}

export interface AuditRates {
  readonly single: number;
  readonly twentyCallers: number;
}

/** Who asks for tokens of the API. */
const program = {
  client_id: 'personnel',
  name: '人事系統',
  grant_types: ['client_credentials'],
  client_secret: { env: 'CLIENT_SECRET' },
  api: { scopes: ['accounts.read'], scopeOid: '2.16.886.101.90027', categories: ['csm'] },
};

const { people, answerMilliseconds } = JSON.parse(process.argv[2] ?? '{}') as HubProcessOptions;
const actor = { kind: 'system', purpose: 'command' } as const;
const context = { actor: 'system:command' };
const counter = createCounter();
const folder = mkdtempSync(path.join(tmpdir(), 'hufu-bench-'));
endWithParent();
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const config = loadConfig({
  files: [await writeConfig()],
  environment: { CLIENT_SECRET: clientSecret },
  cwd: folder,
});
const written = createLog(config.log);
const log: Log = { ...written, debug: createCountingLog(counter).debug };
const hub = await startHub(config, { clock: systemClock, random: systemRandom, log });
await hub.prepared;
const { services } = hub;
const accounts = await openPeople(services);
countPorts(services);

answerParent(
  {
    origin: () => config.issuer,
    keys: () => services.keys.signing,
    counts: counter.read,
    people: () => accounts.map(({ id }) => id),
    codes: async () => Promise.all(accounts.map(issueCode)),
    disable: (input) => disable(input as { readonly from: number; readonly to: number }),
    auditRates,
  },
  () => hub.stop(),
);

async function writeConfig(): Promise<string> {
  const port = await freePort();
  const shipped = hubConfig(folder, port, {
    // The captcha at its least cost, so that the bench's own work for it is small.
    login: { answerMilliseconds, captcha: { cost: 1 }, perAddress: { attempts: 100_000 } },
    log: { level: 'info', file: path.join(folder, 'hufu.log') },
    // Read once for the whole run, so that no flow is counted with it.
    directory: { kind: 'embedded', catalogueMaxAgeSeconds: 300 },
    clients: [clientConfig('csm', ['csm']), program],
  });
  const file = path.join(folder, 'hufu.yaml');
  writeFileSync(file, stringify(shipped));
  return file;
}

/** Opens and activates everybody with the same password, which is hashed once. */
async function openPeople(to: Services): Promise<readonly Account[]> {
  const warrant = { form: 'B-1', reason: 'bench' };
  const numbers = Array.from({ length: people }, (_, index) => index + 1);
  const opened = await Promise.all(
    numbers.map((n) => to.openAccount(actor, inventedPerson(n), warrant, context)),
  );
  const [first] = opened;
  if (!first) return [];
  const prepared = await to.newPasswords.prepare(first, password);
  if (!prepared.ok) throw new Error(`the password breaks ${prepared.broken.join(', ')}`);
  const agreedVersion = config.rulesOfUse.version;
  const activation = { password: prepared.password, agreedVersion, mailConfirmed: true };
  await Promise.all(opened.map((account) => to.activateAccount(account, activation, context)));
  return opened;
}

async function issueCode({ id }: Account): Promise<string> {
  return (await services.codes.issueForDay(id, dayOf(new Date()))).code;
}

async function disable({ from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  for (const { id } of accounts.slice(from, to)) {
    const account = await services.directory.accounts.findAccount(actor, id);
    if (!account) throw new Error('the account is gone');
    await services.directory.accounts.modifyAccount(actor, id, account.revision, { status: 'disabled' });
  }
}

/** Every port that a request may reach; what timers alone call is left out. */
function countPorts({ stores }: Services): void {
  const { protocol, records } = stores;
  countCalls('store.records', protocol.records, counter);
  countCalls('store.oneTime', protocol.oneTime, counter);
  countCalls('store.counters', protocol.counters, counter);
  countCalls('records.audit', records.audit, counter, ['openIntents']);
  countCalls('records.sessions', records.sessions, counter, ['listExpired']);
  countCalls('records.consents', records.consents, counter);
  countCalls('records.outbox', records.outbox, counter, ['claimDue', 'markDelivered', 'markFailed']);
}

async function auditRates(): Promise<AuditRates> {
  const event = programStarted(context, { version: 'bench' });
  const flow = async () => void (await services.stores.audit.record(event));
  const bounds = { seconds: 1, most: 20_000 };
  const single = await measure(flow, { ...bounds, callers: 1 });
  const twenty = await measure(flow, { ...bounds, callers: 20 });
  return { single: single.flows / single.seconds, twentyCallers: twenty.flows / twenty.seconds };
}
