/** What the directory suites share: a running server, the adapter on it, and builders of accounts and actors. */
import { randomBytes } from 'node:crypto';
import type { Account, AccountId, Agency, Unit } from '#domain/account.ts';
import type { Actor, PersonActor } from '#domain/actor.ts';
import { parseDay } from '#domain/calendar.ts';
import type { NewAccount } from '#domain/directory.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import { parseNationalId, type NationalId } from '#domain/national-id.ts';
import { parseOid, type Oid } from '#domain/oid.ts';
import type { DirectoryAddress } from '#adapters/directory/open-socket.ts';
import type { DirectoryMapping } from '#adapters/directory/directory-mapping.ts';
import {
  createLdapDirectory,
  type LdapDirectory,
  type LdapDirectoryOptions,
} from '#adapters/directory/ldap-directory.ts';
import { hashPassword } from '#src/authentication/password-hash.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

/** A server under test; `restart` after `kill` brings it back at the same address with what was acknowledged. */
export interface DirectoryServer {
  readonly connect: DirectoryAddress;
  /** Names of the directory, where they are not ours. */
  readonly mapping?: DirectoryMapping;
  /** For the command-line tools: `ldapi://…` or `ldap://…`. */
  readonly url: string;
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  readonly dataFolder: string;
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface DirectoryWorld {
  readonly server: DirectoryServer;
  readonly directory: LdapDirectory;
  readonly clock: ReturnType<typeof createSetClock>;
  readonly log: ReturnType<typeof createKeptLog>;
  readonly sealing: ReturnType<typeof createKeyRing>;
  /** Another adapter on the same server, as another process would have. */
  connect(options?: Partial<LdapDirectoryOptions>): LdapDirectory;
  close(): Promise<void>;
}

export async function createDirectoryWorld(server: DirectoryServer): Promise<DirectoryWorld> {
  const clock = createSetClock();
  const log = createKeptLog();
  const sealing = createKeyRing(
    [
      { id: 'new', secret: Buffer.alloc(32, 2) },
      { id: 'old', secret: Buffer.alloc(32, 1) },
    ],
    realRandom,
  );
  const decoyHash = await hashPassword(realRandom.token(24), realRandom);
  const connect = (options: Partial<LdapDirectoryOptions> = {}) =>
    createLdapDirectory(
      {
        servers: [server.connect],
        ...(server.mapping ? { mapping: server.mapping } : {}),
        baseDn: server.baseDn,
        bindDn: server.serviceDn,
        bindPassword: server.servicePassword,
        poolSize: 8,
        timeoutMs: 5_000,
        catalogueMaxAgeSeconds: 60,
        decoyHash,
        ...options,
      },
      { sealing, clock, random: realRandom, log },
    );
  const directory = connect();
  return { server, directory, clock, log, sealing, connect, close: () => directory.close() };
}

export const system: Actor = { kind: 'system', purpose: 'command' };

export function oid(text: string): Oid {
  const parsed = parseOid(text);
  if (!parsed) throw new Error(`${text} is no OID`);
  return parsed;
}

export function day(text: string) {
  const parsed = parseDay(text);
  if (!parsed) throw new Error(`${text} is no day`);
  return parsed;
}

export function newAccountId(): AccountId {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return Array.from(randomBytes(26), (byte) => alphabet[byte % 32]).join('') as AccountId;
}

let lastNumber = 0;

/** A national ID of nobody that no other call in this process gives. */
export function newNationalId(): NationalId {
  for (;;) {
    lastNumber += 1;
    const id = parseNationalId(`Z9${String(lastNumber).padStart(8, '0')}`);
    if (id) return id;
  }
}

export const agency: Agency = { oid: oid('2.16.886.101.90001'), code: '999000000A', name: '示範縣政府' };
export const unit: Unit = { oid: oid('2.16.886.101.90001.20001'), name: '商業發展科' };

/** An account to open; unique, with every field that is optional left out unless given. */
export function newAccount(given: Partial<NewAccount> = {}): NewAccount {
  return {
    id: newAccountId(),
    name: '範例人',
    nationalId: newNationalId(),
    birthday: '0215',
    agency,
    jurisdictionOid: agency.oid,
    office: 'general',
    categories: [],
    openedOn: day('2026-03-02'),
    openingDay: day('2026-03-02'),
    contact: {},
    grants: [],
    ...given,
  };
}

/** What a caller that has just read an account with a password knows of it. */
export function withPassword(id: AccountId): Pick<Account, 'id' | 'password'> {
  return { id, password: { set: true, history: [] } };
}

export function withoutPassword(id: AccountId): Pick<Account, 'id' | 'password'> {
  return { id, password: { set: false, history: [] } };
}

export function person(given: Partial<PersonActor>): PersonActor {
  return {
    kind: 'person',
    id: newAccountId(),
    office: 'general',
    scopeOid: agency.oid,
    categories: [],
    meets: 'certificate',
    ...given,
  };
}
