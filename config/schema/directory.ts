import { z } from 'zod';
import { directoryMapping } from './directory-mapping.ts';
import { catalogueId, distinguishedName, host, path, secret, whole } from './values.ts';

const baseDn = distinguishedName().describe(
  'Entry under which accounts, organisations, categories and systems lie.',
);

const catalogueMaxAgeSeconds = whole(0, 3600)
  .default(10)
  .describe(
    'Seconds for which the catalogue of roles and systems is kept in memory before it is read again.',
  );

const embeddedTls = z
  .strictObject({
    certificate: path().describe("PEM file with the server's certificate and those up to its authority."),
    key: path().describe('PEM file with the private key.'),
    begin: z
      .enum(['at-once', 'on-request'])
      .default('at-once')
      .describe(
        '`at-once`: ldaps. `on-request`: StartTLS, before which nothing but the root DSE is answered.',
      ),
  })
  .exactOptional()
  .describe('Speaks TLS on this port. Default: plain LDAP.');

const accessRule = z.strictObject({
  subtree: distinguishedName()
    .exactOptional()
    .describe('Entry that the rule begins at; of several rules the nearest holds. Default: the base.'),
  access: z
    .enum(['none', 'read', 'write', 'manage'])
    .describe('Each includes the ones before it; passwords are read with `manage` alone.'),
  except: z
    .array(attributeName())
    .default([])
    .describe('Attributes that are neither shown, searched, compared nor written.'),
});

const identity = z.strictObject({
  name: catalogueId()
    .refine((name) => name !== 'hufu' && name !== 'operator', {
      error: 'another name than hufu and operator',
    })
    .describe('It binds as `cn=<name>,<baseDn>`.'),
  password: bindSecret(),
  rules: z
    .array(accessRule)
    .max(32)
    .default([])
    .describe('What it may do. Without a rule nothing exists for it.'),
});

/** Long enough that guessing over the network leads nowhere. */
function bindSecret() {
  return secret(32).describe('Its password, at least 32 characters (`openssl rand -hex 32`).');
}

function attributeName() {
  return z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'an attribute name such as mail' });
}

const embedded = z
  .strictObject({
    kind: z.literal('embedded').describe('The LDAP server inside Hufu, on a unix socket in the data folder.'),
    baseDn: baseDn.default('dc=hufu,dc=example'),
    catalogueMaxAgeSeconds,
    listen: z
      .strictObject({
        host: host().default('127.0.0.1').describe('Address; other than loopback only with `tls`.'),
        port: whole(0, 65_535).describe('TCP port.'),
        binds: z
          .enum(['identities', 'everyone'])
          .default('identities')
          .describe(
            'Who binds here: `operator` and `identities` alone, or people with their own passwords too, which is past the limits of the login page. Five failed binds end a connection.',
          ),
        tls: embeddedTls,
      })
      .exactOptional()
      .describe('TCP address for tools such as ldapsearch. Default: the unix socket alone.'),
    operator: z
      .strictObject({
        password: bindSecret(),
        access: z
          .enum(['read', 'manage'])
          .default('read')
          .describe('`read`: everything but passwords. `manage`: read and write everything, passwords too.'),
      })
      .exactOptional()
      .describe('An identity for tools, `cn=operator,<baseDn>`. Default: there is none.'),
    identities: z
      .array(identity)
      .max(32)
      .default([])
      .describe('Further identities for other programs, each with rights of its own.'),
  })
  .describe('For one machine: nothing to install.');

function serverUrl() {
  return z.string().regex(/^ldaps?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/, {
    error:
      'ldaps://HOST[:PORT] (ldap:// on loopback or with startTls), without user, password, path or query',
  });
}

const ldap = z
  .strictObject({
    kind: z.literal('ldap').describe('An LDAP server (RFC 4511) such as OpenLDAP.'),
    url: serverUrl()
      .exactOptional()
      .describe(
        'Address of the server: ldaps, or ldap on loopback or with `startTls`. Either this or `urls`.',
      ),
    urls: z
      .array(serverUrl())
      .min(1)
      .max(8)
      .exactOptional()
      .describe(
        'Addresses of several servers with the same data, in order: the first that answers serves, and an earlier one is taken back once it answers again.',
      ),
    startTls: z
      .boolean()
      .default(false)
      .describe(
        'Upgrades `ldap://` connections to TLS before anything else; a server that refuses is not used.',
      ),
    caFile: path()
      .exactOptional()
      .describe(
        "PEM file of the only CAs that the servers' certificates may lead to. Default: the CAs that Node trusts.",
      ),
    baseDn,
    catalogueMaxAgeSeconds,
    bindDn: distinguishedName().describe('Identity that Hufu searches and writes as.'),
    bindPassword: secret().describe('Password of that identity.'),
    poolSize: whole(1, 64)
      .default(8)
      .describe('Connections for searches and changes. Eight carry about four times the searches of one.'),
    timeoutMs: whole(100, 60_000)
      .default(5000)
      .describe(
        'Milliseconds that a call to the directory may take in all, asking another server included, before it counts as unavailable.',
      ),
    mapping: directoryMapping,
  })
  .describe('For several machines, or where a directory exists.');

export const directory = z
  .discriminatedUnion('kind', [embedded, ldap])
  .prefault({ kind: 'embedded' })
  .describe('Where people, organisations, roles and systems are kept; always reached by LDAP.');
