/** Imports as they are wired, over real records and the deeds before a directory in memory; several processes if need be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { AccountImports } from '#accounts/import/account-imports.ts';
import type { ImportCells, ImportRow } from '#accounts/import/import-columns.ts';
import { openSqliteRecords, type SqliteRecords } from '#adapters/records/open-sqlite-records.ts';
import { createAuditTrail } from '#audit/trail.ts';
import type { Account } from '#domain/account.ts';
import { personActor, scopeOf, type PersonActor } from '#domain/actor.ts';
import type { Organization } from '#domain/directory.ts';
import type { ImportJob, ImportLine } from '#domain/import-jobs.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { isUnder } from '#domain/oid.ts';
import { composeAccountImports } from '#src/compose/account-imports.ts';
import type { Registry } from '#src/compose/registry.ts';
import { sampleNationalId } from '#test/support/hub/sample-people.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { testSealing } from '#test/support/test-sealing.ts';
import {
  agency,
  createWorld,
  known,
  oid,
  openPerson,
  warrant,
  type World,
} from '../management/people-world.ts';
import { catalogue } from '../management/registry-world.ts';

export const limits = { maximumLines: 20_000, maximumMegabytes: 20, mostFaulty: 60, keepDays: 7 };

const organizations: readonly Organization[] = [
  { oid: agency.oid, name: agency.name, code: agency.code },
  { oid: oid('1.2.3.4.1'), name: '一科' },
  { oid: oid('1.2.3.40.1'), name: '他局', code: '387000000B' },
];

type Deeds = Pick<Registry, 'openAccount' | 'removeAccounts'>;

export interface ImportProcess {
  readonly imports: AccountImports;
  /** Works until there is nothing to do. */
  work(): Promise<void>;
}

export interface ImportWorld extends World, ImportProcess {
  readonly records: SqliteRecords;
  readonly managerAccount: Account;
  readonly actor: PersonActor;
  /** Another manager of the same agency. */
  readonly colleague: PersonActor;
  readonly programmeOfficer: PersonActor;
  /** Another process on the same records, with deeds of its own. */
  startProcess(deeds?: Partial<Deeds>): ImportProcess;
  receive(rows: readonly ImportCells[], by?: PersonActor): Promise<string>;
  job(id: string): Promise<ImportJob>;
  lines(id: string): Promise<readonly ImportLine[]>;
  named(name: string): Account | undefined;
}

export const ordered = { actor: 'person:m', requestId: 'r-1', address: '9.9.9.9' };

export async function startImportWorld(): Promise<ImportWorld> {
  const world = await createWorld();
  const { clock, directory, registry, store } = world;
  const office = { office: 'manager', categories: ['csm'] } as const;
  const person = (n: number, given: object) =>
    openPerson(directory, { nationalId: known(parseNationalId(sampleNationalId(n))), ...given });
  const managerAccount = await person(900, { ...office, name: '註冊管理' });
  const colleague = await person(901, office);
  const officer = await person(902, { office: 'programme-officer' });
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-imports-'));
  const log = createKeptLog();
  const file = path.join(folder, 'records.db');
  const records = await openSqliteRecords({ file, clock, random: realRandom, sealing: testSealing, log });
  onTestFinished(async () => {
    await records.close();
    rmSync(folder, { recursive: true });
  });
  const audit = createAuditTrail({ store, clock, random: realRandom, log });

  function startProcess(deeds: Partial<Deeds> = {}): ImportProcess {
    const { imports, work } = composeAccountImports(limits, {
      clock,
      log,
      random: realRandom,
      stores: { records, audit },
      registry: { ...registry, ...deeds },
      notices: { accountOpened: async ({ id }) => void world.followed.push(`mail again ${id}`) },
      directory: {
        accounts: directory.accounts,
        catalogue: { readCatalogue: async () => catalogue },
        organizations: {
          async findOrganization(by, wanted) {
            const scope = scopeOf(by);
            const found = organizations.find((each) => each.oid === wanted);
            const isSeen = scope.kind === 'all' || (scope.kind === 'subtree' && isUnder(wanted, scope.root));
            return isSeen ? found : undefined;
          },
        },
      },
    });
    return { imports, work: () => work(new AbortController().signal) };
  }

  const first = startProcess();
  const job = async (id: string) => known(await records.importJobs.findJob(id));
  return {
    ...world,
    ...first,
    records,
    managerAccount,
    actor: personActor(managerAccount, 3),
    colleague: personActor(colleague, 3),
    programmeOfficer: personActor(officer, 3),
    startProcess,
    async receive(rows, by = personActor(managerAccount, 3)) {
      const received = await first.imports.receive(
        by,
        { name: '名冊.csv', encoding: 'utf-8', rows: rowsOf(rows) },
        warrant,
        { ...ordered, actor: `person:${by.id}` },
      );
      if (!received.ok) throw new Error(received.reason);
      return received.id;
    },
    job,
    lines: (id) => records.importLines.readLines(id, { limit: 100_000 }),
    named: (name) => directory.all().find((account) => account.name === name),
  };
}

/** The first line of a file is its head. */
export async function* rowsOf(rows: readonly ImportCells[]): AsyncGenerator<ImportRow> {
  for (const [at, cells] of rows.entries()) yield { line: at + 2, cells };
}

/** The line of the `n`th invented person. */
export function personLine(n: number, more: ImportCells = {}): ImportCells {
  return {
    name: `轉入${n}`,
    nationalId: sampleNationalId(n),
    birthday: '0215',
    email: `import${n}@example.test`,
    ...more,
  };
}
