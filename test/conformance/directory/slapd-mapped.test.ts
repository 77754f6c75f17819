/** The whole suite once more on a slapd whose attributes, classes and branches are all called otherwise. */
import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import type { BranchMapping, DirectoryMapping } from '#adapters/directory/directory-mapping.ts';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { describeDirectory } from './directory-suite.ts';

const theirName = (ours: string) => ours.replace(/hufu(?=[A-Z])/g, 'agency');
const staff = '\ndn: ou=staff,dc=hufu,dc=test\nobjectClass: organizationalUnit\nou: staff\n';
const theirs = (ldif: string) =>
  theirName(ldif)
    .replaceAll('ou=accounts', 'ou=accounts,ou=staff')
    .concat(ldif.includes('cn: backstop') ? staff : '');

const schema = readFileSync(new URL('../../../config/ldap/hufu.schema.ldif', import.meta.url), 'utf8');
const named = (kind: string) =>
  [...schema.replace(/\n /g, '').matchAll(new RegExp(`^${kind}: .*? NAME '(hufu\\w+)'`, 'gm'))].flatMap(
    ([, name]) => name ?? [],
  );
const branch: BranchMapping = {
  attributes: named('olcAttributeTypes').map((ours) => ({ ours, theirs: theirName(ours) })),
  objectClasses: named('olcObjectClasses').map((ours) => ({ ours, theirs: [theirName(ours)] })),
};
const mapping: DirectoryMapping = {
  accounts: {
    ...branch,
    baseDn: 'ou=accounts,ou=staff,dc=hufu,dc=test',
    attributes: [
      ...branch.attributes,
      { ours: 'title', theirs: 'employeeType' },
      { ours: 'employeeNumber', theirs: 'departmentNumber' },
    ],
  },
  organizations: branch,
  categories: branch,
  systems: branch,
};

describe.skipIf(!slapdAvailable())('directory on slapd with names of its own', () => {
  describeDirectory(async () => {
    const slapd = await startSlapd({ rewrite: theirs });
    return {
      ...slapd,
      mapping,
      connect: { socketPath: slapd.socketPath },
      url: `ldapi://${encodeURIComponent(slapd.socketPath)}`,
    };
  });
});
