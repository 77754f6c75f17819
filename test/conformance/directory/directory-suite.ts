/** The directory's ports, as every server that holds our schema must serve them through the LDAP adapter. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeAccounts } from './accounts-suite.ts';
import { describeCatalogue, describeCatalogueRegister, describeOrganizations } from './catalogue-suite.ts';
import { describeCertificates } from './certificates-suite.ts';
import { createDirectoryWorld, type DirectoryServer, type DirectoryWorld } from './directory-world.ts';
import { describeFailures } from './failure-suite.ts';
import { describeListing } from './listing-suite.ts';
import { describeLog } from './log-suite.ts';
import { describeManagers } from './managers-suite.ts';
import { describeOrganizationLists } from './organization-lists-suite.ts';
import { describePasswords } from './passwords-suite.ts';
import { describeScope } from './scope-suite.ts';

export type StartDirectoryServer = () => Promise<DirectoryServer>;

export interface SuiteOptions {
  /** A relay between client and server cannot see where a message begins. */
  readonly encrypted?: boolean;
}

export function describeDirectory(
  start: StartDirectoryServer,
  { encrypted = false }: SuiteOptions = {},
): void {
  let current: DirectoryWorld;
  const world = () => current;

  beforeAll(async () => {
    current = await createDirectoryWorld(await start());
    await current.directory.prepareTree();
  });
  afterAll(async () => {
    await current.close();
    await current.server.close();
  });

  describe('catalogue', () => describeCatalogue(world));
  describe('changes of the catalogue', () => describeCatalogueRegister(world));
  describe('organisations', () => describeOrganizations(world));
  describe('accounts', () => describeAccounts(world));
  describe('certificates', () => describeCertificates(world));
  describe('scope', () => describeScope(world));
  describe('lists of accounts', () => describeListing(world));
  describe('lists of organisations', () => describeOrganizationLists(world));
  describe('managers', () => describeManagers(world));
  describe('passwords', () => describePasswords(world));
  describe('failures', () => describeFailures(start, encrypted));
  describe('log', () => describeLog(world));
}
