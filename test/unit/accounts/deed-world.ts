import { createAuditTrail, type AuditTrail } from '#audit/trail.ts';
import type { Account, AccountId } from '#domain/account.ts';
import type { Actor } from '#domain/actor.ts';
import type { AuditEvent } from '#domain/audit-store.ts';
import type { AccountChange, NewAccount } from '#domain/directory.ts';
import { createMemoryAuditStore, type MemoryAuditStore } from '#test/support/audit-world.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock, type SetClock } from '#test/support/set-clock.ts';

export interface DeedWorld {
  readonly clock: SetClock;
  readonly audit: AuditTrail;
  readonly store: MemoryAuditStore;
  readonly accounts: {
    modifyAccount(actor: Actor, id: AccountId, revision: number, change: AccountChange): Promise<number>;
    openAccount(actor: Actor, account: NewAccount): Promise<Account>;
    recordLogin(actor: Actor, id: AccountId, kind: string, at: Date): Promise<void>;
  };
  /** What was done, in order: `audit intended`, `modify`, `mail`, … */
  readonly steps: string[];
  readonly changes: AccountChange[];
  readonly opened: NewAccount[];
  /** The directory answers every change with this. */
  failing: Error | undefined;
  /** Notes a step of a fake of the test's own. */
  note(step: string): void;
  /** Audited facts so far. */
  events(): AuditEvent[];
}

/** A real audit trail before a directory that only notes what it was told. */
export function createDeedWorld(): DeedWorld {
  const clock = createSetClock();
  const store = createMemoryAuditStore();
  const audit = createAuditTrail({ store, clock, random: realRandom, log: createKeptLog() });
  const steps: string[] = [];
  const changes: AccountChange[] = [];
  const opened: NewAccount[] = [];
  const events = () => store.entries.map(({ entry }) => JSON.parse(entry) as AuditEvent);
  const directory = <Result>(step: string, result: () => Result): Promise<Result> => {
    // What has been audited until now stands before the change.
    steps.push(
      ...events()
        .slice(steps.filter((done) => done.startsWith('audit')).length)
        .map(auditStep),
      step,
    );
    return world.failing ? Promise.reject(world.failing) : Promise.resolve(result());
  };
  const world: DeedWorld = {
    clock,
    audit,
    store,
    steps,
    changes,
    opened,
    failing: undefined,
    note: (step) => void steps.push(step),
    events,
    accounts: {
      modifyAccount: (_actor, _id, revision, change) =>
        directory('modify', () => {
          changes.push(change);
          return revision + 1;
        }),
      openAccount: (_actor, account) =>
        directory('open', () => {
          opened.push(account);
          return sampleAccount({ id: account.id });
        }),
      recordLogin: (_actor, _id, kind) => directory(`record ${kind} login`, () => undefined),
    },
  };
  return world;
}

const auditStep = ({ outcome }: AuditEvent): string => `audit ${outcome}`;
