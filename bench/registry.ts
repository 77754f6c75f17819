/**
 * The registration service over a large directory: `node bench/registry.ts [accounts] [slapd|embedded] [calls]`,
 * 100,000 under 500 units unless told otherwise, on slapd and on the embedded directory, calls by a pattern of their names. Prints p50 and p95 of each call, the processor
 * time of this process (with the embedded directory in it; what p50 comes near where nothing else runs), and its memory.
 * The crowd is made by another process. Somebody logs in before each call, so that no list finds what the one before it
 * left remembered.
 */
import type { AccountPageRequest, AccountQuery } from '#domain/account-listing.ts';
import type { Account } from '#domain/account.ts';
import type { Actor, PersonActor } from '#domain/actor.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { newAccountId } from '#accounts/account-id.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { slapdAvailable } from '#test/support/slapd.ts';
import { percentile } from './measure.ts';
import { inventedNationalId } from './people.ts';
import { agencies, agencyOid, inventedAccount, unitOid, unitsInAgency } from './registry/crowd.ts';
import { fillEmbedded, fillSlapd, type FilledServer } from './registry/servers.ts';

const accounts = Number(process.argv[2] ?? 100_000);
const only = process.argv[3];
const named = new RegExp(process.argv[4] ?? '');
const secondsOfACall = 3;
const mostCalls = 300;
const say = (line: string) => console.log(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

function person(office: PersonActor['office'], agency: number): PersonActor {
  return {
    kind: 'person',
    id: newAccountId(systemRandom),
    office,
    scopeOid: agencyOid(agency),
    categories: ['csm'],
    meets: 'certificate',
  };
}

const officer = person('programme-officer', 0);
const any = (below: number) => Math.floor(Math.random() * below);
const givenNames = ['怡君', '雅婷', '家豪', '志明', '淑芬', '美玲', '俊傑', '建宏'];

type Call = (server: FilledServer) => Promise<unknown>;

const list =
  (ask: () => { actor: Actor; query: AccountQuery } & Partial<AccountPageRequest>): Call =>
  ({ directory }) => {
    const { actor, ...request } = ask();
    return directory.listing.listAccounts(actor, {
      order: 'name',
      descending: false,
      pageSize: 50,
      page: 1,
      ...request,
    });
  };

const rareSurname = () => ({ nameKeyword: '蘇朱孫劉吳詹周彭'[any(8)] ?? '' });
const managerOf = () => person('manager', any(agencies));

function calls(cursor: string): Readonly<Record<string, Call>> {
  return {
    'manager, one unit (200 hits)': list(() => {
      const agency = any(agencies);
      return { actor: person('manager', agency), query: { underOid: unitOid(agency, any(unitsInAgency)) } };
    }),
    'manager, name keyword': list(() => ({
      actor: managerOf(),
      query: { nameKeyword: givenNames[any(givenNames.length)] ?? '' },
    })),
    'manager, one surname': list(() => ({ actor: managerOf(), query: { nameKeyword: '王' } })),
    'manager, nothing (5,000 hits)': list(() => ({ actor: managerOf(), query: {} })),
    'manager, dormant': list(() => ({
      actor: managerOf(),
      query: { dormantSince: new Date('2026-06-01T00:00:00Z'), underOid: agencyOid(0) },
    })),
    'officer, one unit (200 hits)': list(() => ({
      actor: officer,
      query: { underOid: unitOid(any(agencies), any(unitsInAgency)) },
      order: 'opened-on',
    })),
    'officer, name keyword': list(() => ({
      actor: officer,
      query: { nameKeyword: givenNames[any(givenNames.length)] ?? '' },
    })),
    'officer, one surname (2,000 hits)': list(() => ({ actor: officer, query: { nameKeyword: '王' } })),
    // Of 100,000 accounts 1,994 to 1,998 have each of these surnames.
    'officer, 2,000 hits counted, by name': list(() => ({ actor: officer, query: rareSurname() })),
    'officer, 2,000 hits counted, by unit': list(() => ({
      actor: officer,
      query: rareSurname(),
      order: 'unit',
    })),
    'officer, 2,000 hits counted, by login': list(() => ({
      actor: officer,
      query: rareSurname(),
      order: 'last-login',
    })),
    'manager, one role (1,670 hits)': list(() => ({
      actor: managerOf(),
      query: { anyRole: ['csm_user'] },
    })),
    'officer, nothing (100,000 hits)': list(() => ({ actor: officer, query: {} })),
    'officer, a page further on': list(() => ({ actor: officer, query: {}, cursor })),
    'officer, national ID': list(() => ({
      actor: officer,
      query: { nationalId: parseNationalId(inventedNationalId(any(accounts))) ?? never() },
    })),
    open: ({ directory }) => directory.accounts.openAccount(officer, inventedAccount(1_000_000 + opened++)),
    change: async ({ directory }) => {
      const account = await directory.accounts.openAccount(officer, inventedAccount(1_000_000 + opened++));
      await directory.accounts.modifyAccount(managerFor(account), account.id, 1, { name: '改名' });
    },
  };
}

let opened = 0;

function managerFor({ agency }: Account): PersonActor {
  return { ...person('manager', 0), scopeOid: agency.oid };
}

function never(): never {
  throw new Error('the crowd is not what it was invented as');
}

async function report(name: string, fill: (count: number) => Promise<FilledServer>): Promise<void> {
  const server = await fill(accounts);
  say(`${name}: ${accounts} accounts are in`);
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  try {
    const first = await server.directory.listing.listAccounts(officer, {
      query: {},
      order: 'name',
      descending: false,
      pageSize: 50,
      page: 1,
    });
    const someone = first.accounts[0]?.id ?? never();
    const cursor = first.kind === 'beyond' ? (first.cursor ?? '') : (first.accounts.at(-1)?.id ?? '');
    for (const [what, call] of Object.entries(calls(cursor)).filter(([what]) => named.test(what))) {
      await call(server);
      const own: number[] = [];
      const latencies: number[] = [];
      const end = performance.now() + secondsOfACall * 1000;
      while (latencies.length < mostCalls && performance.now() < end) {
        await server.directory.accounts.recordLogin(officer, someone, 'password', new Date());
        const [before, start] = [process.cpuUsage(), performance.now()];
        await call(server);
        latencies.push(performance.now() - start);
        const { user, system } = process.cpuUsage(before);
        own.push((user + system) / 1000);
      }
      const [p50, p95] = [0.5, 0.95].map((share) => percentile(latencies, share).toFixed(1));
      const [own50, own95] = [0.5, 0.95].map((share) => percentile(own, share).toFixed(1));
      say(
        `${name}  ${what.padEnd(36)} p50 ${p50} ms  p95 ${p95} ms  own processor time p50 ${own50} ms  p95 ${own95} ms  (${latencies.length})`,
      );
    }
    say(`${name}  memory of this process at most ${mebibytes(most)} MiB, before the export`);
    const start = performance.now();
    let exported = 0;
    for await (const _summary of server.directory.listing.exportAccounts(officer, {})) exported += 1;
    say(`${name}  export of ${exported}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } finally {
    clearInterval(watch);
    await server.close();
  }
  say(`${name}  memory of this process at most ${mebibytes(most)} MiB`);
}

function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0);
}

if (only !== 'embedded' && slapdAvailable()) await report('slapd', fillSlapd);
if (only !== 'slapd') await report('embedded', fillEmbedded);
