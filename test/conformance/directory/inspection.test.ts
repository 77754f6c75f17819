/** What `hufu check-directory` finds on servers that lack something. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { ownSchema } from '#adapters/directory/directory-mapping.ts';
import type { LdapDirectoryOptions } from '#adapters/directory/ldap-directory.ts';
import { slapdAvailable, startSlapd, type SlapdOptions } from '#test/support/slapd.ts';
import { createDirectoryWorld } from './directory-world.ts';

const run = promisify(execFile);
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Findings as `severity kind name`. */
async function inspect(options: SlapdOptions = {}, directory: Partial<LdapDirectoryOptions> = {}) {
  const slapd = await startSlapd(options);
  closing.push(() => slapd.close());
  const world = await createDirectoryWorld({ ...slapd, connect: { socketPath: slapd.socketPath }, url: '' });
  closing.push(() => world.close());
  if (!options.withoutTree) {
    const admin = world.connect({ bindDn: slapd.adminDn, bindPassword: slapd.adminPassword });
    await admin.prepareTree();
    await admin.close();
  }
  const own = world.connect(directory);
  closing.push(() => own.close());
  const findings = await own.inspect();
  const identity = ['-x', '-D', slapd.adminDn, '-w', slapd.adminPassword];
  const socket = `ldapi://${encodeURIComponent(slapd.socketPath)}`;
  const { stdout } = await run('ldapsearch', [...identity, '-LLL', '-H', socket, '-b', slapd.baseDn, '1.1']);
  const left = stdout
    .split('\n')
    .filter((line) => line.startsWith('dn: uid=') && !line.includes('uid=decoy'));
  return { left, found: findings.map(({ severity, kind, name }) => `${severity} ${kind} ${name}`) };
}

/** Lets Hufu's identity see slapd's configuration. */
const shown = (ldif: string) =>
  ldif.replace(
    /^(olcAccess: \{0\}to \* by dn\.exact=gidNumber.*) by \* none$/m,
    '$1 by dn.exact="cn=hufu,dc=hufu,dc=test" read by * none',
  );
const hidden = 'unknown configuration-hidden cn=config';

describe.skipIf(!slapdAvailable())('the inspection of a server', () => {
  it('finds nothing missing on one set up as described, and leaves nothing behind', async () => {
    const { found, left } = await inspect({ rewrite: shown });
    expect(found).toEqual([]);
    expect(left).toEqual([]);
  });

  it('says what it could not see', async () => {
    const { found } = await inspect();
    expect(found).toEqual([hidden]);
  });

  it('finds branches that are missing', async () => {
    const { found } = await inspect({}, { baseDn: 'dc=elsewhere' });
    expect(found).toContain('fault missing-branch ou=accounts,dc=elsewhere');
    expect(found).toContain('fault missing-branch ou=systems,dc=elsewhere');
  });

  it('finds attributes and classes that are missing, in the names of the mapping', async () => {
    const accounts = {
      attributes: [{ ours: 'title', theirs: 'agencyTitle' }],
      objectClasses: [{ ours: 'hufuAccount', theirs: ['agencyPerson'] }],
    };
    const { found } = await inspect({}, { mapping: { ...ownSchema, accounts } });
    expect(found).toEqual([
      'fault missing-attribute agencyTitle',
      'fault missing-object-class agencyPerson',
      hidden,
    ]);
  });

  it('finds that nothing keeps the national ID unique', async () => {
    const without = (ldif: string) => ldif.replace(/^olcUniqueURI: .*hufuNationalIdKey.*\n/m, '');
    const { found } = await inspect({ rewrite: (ldif) => shown(without(ldif)) });
    expect(found).toEqual([
      'unsafe unique-not-serialized hufuNationalIdKey',
      'unsafe not-unique hufuNationalIdKey',
    ]);
  });

  it('finds a unique overlay that simultaneous changes pass', async () => {
    const { found } = await inspect({
      rewrite: (ldif) => shown(ldif.replaceAll('serialize ldap:', 'ldap:')),
    });
    expect(found).toEqual([
      'unsafe unique-not-serialized hufuNationalIdKey',
      'unsafe unique-not-serialized hufuCertificateKey',
    ]);
  });

  it('finds indexes that are missing', async () => {
    const without = (ldif: string) => ldif.replace(/^olcDbIndex: hufuScopeOid.*\n/m, '');
    const { found } = await inspect({ rewrite: (ldif) => shown(without(ldif)) });
    expect(found).toEqual(['slow missing-index hufuScopeOid']);
  });

  it('finds that our identity may not write', async () => {
    const rewrite = (ldif: string) =>
      ldif.replace(/^(olcAccess: \{1\}to \* by dn\.exact="cn=hufu,[^"]*") write/m, '$1 read');
    const { found } = await inspect({ rewrite });
    const reason = 'fault not-writable ou=accounts,dc=hufu,dc=test (insufficientAccessRights)';
    expect(found).toEqual([hidden, reason]);
  });

  it('finds that our identity may not write passwords, and leaves nothing behind', async () => {
    const rewrite = (ldif: string) =>
      ldif.replace(/^(olcAccess: \{0\}to attrs=userPassword by dn\.exact="cn=hufu,[^"]*") =w/m, '$1 none');
    const { found, left } = await inspect({ rewrite });
    const reason = 'fault not-writable ou=accounts,dc=hufu,dc=test (insufficientAccessRights)';
    expect(found).toEqual([hidden, reason]);
    expect(left).toEqual([]);
  });
});
