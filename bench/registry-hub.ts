/**
 * A hub as it is shipped (`hufu serve`) over a large directory: `node bench/registry-hub.ts [accounts] [slapd|embedded]`. A
 * programme officer looks through lists on the pages and takes them out as CSV and XLSX; printed are the time of each and the most
 * memory that the hub's process has had by then (VmHWM, which Linux alone tells).
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { loadConfig } from '#config/load.ts';
import { startHub } from '#src/cli/serve.ts';
import { createLog } from '#src/compose/create-log.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { clientSecret, freePort, hubConfig, type Person } from '#test/support/hub/hub-world.ts';
import { openMailbox } from '#test/support/hub/mailbox.ts';
import { activePerson } from '#test/support/hub/people.ts';
import { logInByPassword, signingIn, type SigningIn } from '#test/support/hub/signing-in.ts';
import { startSlapd } from '#test/support/slapd.ts';
import { percentile } from './measure.ts';
import { agencyOid, baseDn, sealingKey, unitOid } from './registry/crowd.ts';

const accounts = Number(process.argv[2] ?? 100_000);
const only = process.argv[3];
const rounds = 60;
const command = { kind: 'system', purpose: 'command' } as const;
const password = 'Correct-horse-7-battery';
const secrets = (bindPassword: string) => ({
  CLIENT_SECRET: clientSecret,
  SEALING_KEY: sealingKey.secret.toString('base64'),
  BIND_PASSWORD: bindPassword,
});
const run = promisify(execFile);
const say = (line: string) => console.log(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);
const program = (name: string) => path.join(import.meta.dirname, 'registry', name);

interface Place {
  readonly environment: Record<string, string>;
  readonly folder: string;
  readonly file: string;
  readonly origin: string;
}

async function prepare(folder: string, directory: object, bindPassword = ''): Promise<Place> {
  const file = path.join(folder, 'hufu.yaml');
  const port = await freePort();
  const config = hubConfig(folder, port, {
    registry: { requirement: 'second-factor' },
    keys: { sealing: [{ id: sealingKey.id, secret: { env: 'SEALING_KEY' } }] },
    log: { level: 'info', file: path.join(folder, 'hufu.log') },
    directory,
  });
  await writeFile(file, stringify(config));
  return { folder, file, origin: `http://localhost:${port}`, environment: secrets(bindPassword) };
}

/** The officer is brought in by a hub of this process's own, before the one that is measured. */
async function openOfficer({ file, folder, environment }: Place): Promise<Person> {
  const config = loadConfig({ files: [file], environment, cwd: folder });
  const hub = await startHub(config, {
    clock: systemClock,
    random: systemRandom,
    log: createLog(config.log),
  });
  await hub.prepared;
  const person = await activePerson(hub.services, { n: 9_900_001, name: '計畫承辦' }, password);
  const { id, revision } = person.account;
  const office = { office: 'programme-officer', categories: ['csm'] } as const;
  await hub.services.directory.accounts.modifyAccount(command, id, revision, office);
  await hub.stop();
  return person;
}

async function serve({ file, folder, environment }: Place): Promise<ChildProcess> {
  const hufu = path.resolve(import.meta.dirname, '../bin/hufu.js');
  const child = spawn(process.execPath, [hufu, 'serve', '--config', file], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output');
  await once(createInterface(child.stdout), 'line');
  return child;
}

async function mostMemory({ pid }: ChildProcess): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const most = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  const now = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  return `memory at most ${most.toFixed(0)} MiB, now ${now.toFixed(0)} MiB`;
}

const any = (below: number) => Math.floor(Math.random() * below);
const noCriteria = {
  unit: '',
  status: '',
  role: '',
  category: '',
  dormant: '',
  never: '',
  name: '',
  nationalId: '',
};
const searches: Readonly<Record<string, () => Partial<typeof noCriteria>>> = {
  'nothing asked (100,000 hits)': () => ({}),
  'one unit (200 hits)': () => ({ unit: unitOid(any(20), any(25)) }),
  'name keyword': () => ({ name: ['怡君', '雅婷', '家豪', '志明'][any(4)] ?? '' }),
  'one surname (2,000 hits)': () => ({ name: '蘇朱孫劉吳詹周彭'[any(8)] ?? '' }),
};

async function measure(name: string, place: Place, person: Person, child: ChildProcess): Promise<void> {
  say(`${name}  started: ${await mostMemory(child)}`);
  const mailbox = openMailbox(path.join(place.folder, 'mail'));
  const at = signingIn(place);
  await logInByPassword({ mailbox }, at, await at.open('/'), person, password);
  const { csrf } = await at.open('/registry/accounts');
  for (const [what, ask] of Object.entries(searches)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      const shown = await at.post('/registry/accounts/search', { csrf, ...noCriteria, ...ask() });
      if (shown.status !== 200) throw new Error(`${what}: ${shown.status}`);
      times.push(performance.now() - start);
    }
    const [p50, p95] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(1));
    say(`${name}  ${what.padEnd(30)} p50 ${p50} ms  p95 ${p95} ms  ${await mostMemory(child)}`);
  }
  await takeOut(place, at, csrf, 'csv', {});
  say(`${name}  CSV of all: ${await mostMemory(child)}`);
  await takeOut(place, at, csrf, 'xlsx', { unit: agencyOid(0) });
  say(`${name}  XLSX of ${accounts / 20}: ${await mostMemory(child)}`);
}

async function takeOut(
  place: Place,
  at: SigningIn,
  csrf: string,
  format: string,
  criteria: object,
): Promise<void> {
  const open = { unit: '', status: '', role: '', category: '', dormant: '', never: '', ...criteria };
  const response = await at.browser.fetch(new URL('/registry/accounts/export', place.origin), {
    method: 'POST',
    body: new URLSearchParams({ csrf, format, ...open }),
    headers: { Origin: place.origin },
  });
  if (response.status !== 200) throw new Error(`export: ${response.status}`);
  let bytes = 0;
  for await (const piece of response.body ?? []) bytes += piece.length;
  say(`${(bytes / 1_048_576).toFixed(1)} MiB of ${format}`);
}

async function onSlapd(folder: string): Promise<void> {
  const entries = path.join(folder, 'crowd.ldif');
  await run(process.execPath, [program('write-crowd.ts'), entries, String(accounts)]);
  const slapd = await startSlapd({ baseDn, entries, tcp: true });
  try {
    const { url, serviceDn: bindDn, servicePassword } = slapd;
    const directory = { kind: 'ldap', url, baseDn, bindDn, bindPassword: { env: 'BIND_PASSWORD' } };
    const place = await prepare(folder, directory, servicePassword);
    await measureHub('slapd', place, await openOfficer(place));
  } finally {
    await slapd.close();
  }
}

async function onEmbedded(folder: string): Promise<void> {
  const place = await prepare(folder, { kind: 'embedded', baseDn });
  const officer = await openOfficer(place);
  const file = path.join(folder, 'data/directory.sqlite');
  await run(process.execPath, [program('fill-embedded.ts'), file, String(accounts)]);
  await measureHub('embedded', place, officer);
}

async function measureHub(name: string, place: Place, officer: Person): Promise<void> {
  const child = await serve(place);
  try {
    await measure(name, place, officer, child);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

for (const [name, bench] of [
  ['slapd', onSlapd],
  ['embedded', onEmbedded],
] as const) {
  if (only !== undefined && only !== name) continue;
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-hub-'));
  try {
    await bench(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
