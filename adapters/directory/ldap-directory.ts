/**
 * The directory over LDAP (RFC 4511): the ports of src/domain/directory.ts on any server that has our schema.
 * Depends on ldapts and on the sealing of personal fields. Searches and changes run as Hufu's own identity, binds as
 * a person on connections apart. An operation: a connection from the pool → the operation, limited to the actor's
 * scope → its result code as an answer or a HufuError.
 */
import { PresenceFilter } from 'ldapts';
import { mostCounted, type AccountListing } from '#domain/account-listing.ts';
import type { CatalogueRegister } from '#domain/catalogue-register.ts';
import type { Clock } from '#domain/clock.ts';
import type {
  AccountDirectory,
  CatalogueDirectory,
  DirectoryHealth,
  ManagerDirectory,
  OrganizationDirectory,
  PasswordDirectory,
} from '#domain/directory.ts';
import type { Log } from '#domain/log.ts';
import type { Random } from '#domain/random.ts';
import type { Sealing } from '#domain/sealing.ts';
import { createAccountDirectory } from './account-directory.ts';
import { createAccountListing } from './account-listing.ts';
import { createCatalogueDirectory } from './catalogue-directory.ts';
import { createConnectionPool, type ConnectionPool } from './connection-pool.ts';
import { createNames, ownSchema, type DirectoryMapping } from './directory-mapping.ts';
import { createDirectorySession } from './directory-session.ts';
import { createMappedSession } from './mapped-session.ts';
import { directoryTree } from './distinguished-names.ts';
import { createManagerDirectory } from './manager-directory.ts';
import { createOrganizationDirectory } from './organization-directory.ts';
import type { DirectoryAddress } from './open-socket.ts';
import { createPasswordDirectory } from './password-directory.ts';
import type { Finding } from './finding.ts';
import { inspectDirectory } from './inspect-directory.ts';
import { prepareTree } from './prepare-tree.ts';
import { createServerChoice } from './server-choice.ts';

export interface LdapDirectoryOptions {
  /** In order: the first that answers serves. */
  readonly servers: readonly DirectoryAddress[];
  readonly baseDn: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  /** Connections for searches and changes, and as many again for binds. */
  readonly poolSize: number;
  /** Milliseconds that a call to the directory may take, asking another server included. */
  readonly timeoutMs: number;
  readonly catalogueMaxAgeSeconds: number;
  /** Hits of a list that are counted and sorted exactly. Default: what the domain says. */
  readonly mostCounted?: number;
  /** Names of a directory that was there before. Default: our schema. */
  readonly mapping?: DirectoryMapping;
  /**
   * Hash, of the kind accounts get, of a random password: given to the decoy by `prepareTree`. Without it a check
   * for an unknown account is answered sooner than one for an account.
   */
  readonly decoyHash?: string;
}

export interface LdapDirectoryDeps {
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export interface LdapDirectory {
  readonly accounts: AccountDirectory;
  readonly listing: AccountListing;
  readonly managers: ManagerDirectory;
  readonly passwords: PasswordDirectory;
  readonly organizations: OrganizationDirectory;
  readonly catalogue: CatalogueDirectory;
  readonly catalogueRegister: CatalogueRegister;
  readonly health: DirectoryHealth;
  /** What the server lacks for Hufu to run on it; writes an account of nobody and removes it again. */
  inspect(): Promise<readonly Finding[]>;
  /** Makes what is missing of the tree below the base; harmless when run again. */
  prepareTree(): Promise<void>;
  close(): Promise<void>;
}

/** Connects when first used; nothing is opened here. */
export function createLdapDirectory(options: LdapDirectoryOptions, deps: LdapDirectoryDeps): LdapDirectory {
  const identity = { dn: options.bindDn, password: options.bindPassword };
  const choice = createServerChoice(options.servers, { ...deps, probe: (server) => service.probe(server) });
  const limits = { size: options.poolSize, timeoutMs: options.timeoutMs };
  const service: ConnectionPool = createConnectionPool({ ...limits, identity }, { ...deps, choice });
  const persons = createConnectionPool(limits, { ...deps, choice });
  const session = createDirectorySession(service, persons, deps.log);
  const { mapping = ownSchema } = options;
  const tree = directoryTree(options.baseDn, mapping);
  const named = (branch: keyof DirectoryMapping) =>
    createMappedSession(session, createNames(mapping[branch]));
  const accountSession = named('accounts');
  const accounts = createAccountDirectory(accountSession, tree, deps);

  const catalogue = createCatalogueDirectory(
    { categories: named('categories'), systems: named('systems') },
    tree,
    {
      clock: deps.clock,
      log: deps.log,
      maxAgeSeconds: options.catalogueMaxAgeSeconds,
    },
  );

  return {
    accounts,
    listing: createAccountListing(accountSession, tree, {
      ...deps,
      mostCounted: options.mostCounted ?? mostCounted,
    }),
    managers: createManagerDirectory(accountSession, tree),
    passwords: createPasswordDirectory(accountSession, tree, deps.log),
    organizations: createOrganizationDirectory(named('organizations'), tree),
    catalogue,
    catalogueRegister: catalogue,
    health: {
      async checkDirectory() {
        const filter = new PresenceFilter({ attribute: 'objectClass' });
        await session.search({ base: tree.accounts, scope: 'base', filter, attributes: ['1.1'] });
      },
    },
    inspect: () => inspectDirectory(session, tree, { mapping, accounts, random: deps.random }),
    prepareTree: () => prepareTree(session, accountSession, tree, options.decoyHash),
    async close() {
      await Promise.all([service.close(), persons.close()]);
    },
  };
}
