/** Writes a crowd into the file of an embedded directory that has its tree: `fill-embedded.ts FILE COUNT`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { newAccountEntry } from '#adapters/directory/account-entry.ts';
import { checkEntry } from '#adapters/embedded-directory/operations/check-entry.ts';
import { noteCreation } from '#adapters/embedded-directory/operations/operational-attributes.ts';
import { getDescription } from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { createEntryStore, storeSchema } from '#adapters/embedded-directory/store/entry-store.ts';
import { createIndexVersions } from '#adapters/embedded-directory/store/index-versions.ts';
import type { AttributeMap } from '#adapters/embedded-directory/store/entry.ts';
import { openSqliteFile } from '#adapters/sqlite/open-file.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { baseDn, inventedAccount, sealing } from './crowd.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const schemaFile = path.resolve(import.meta.dirname, '../../config/ldap/hufu.schema.ldif');
const schema = createSchema(readFileSync(schemaFile, 'utf8'));
const database = openSqliteFile({ file, synchronous: 'NORMAL', schema: storeSchema });
const store = createEntryStore(database, schema, createIndexVersions());
const branch = store.find(nameOf(`ou=accounts,${baseDn}`).key);
const inOneTransaction = 2000;

for (let from = 0; from < Number(count); from += inOneTransaction) {
  await store.transact(() => {
    for (let n = from; n < Math.min(Number(count), from + inOneTransaction); n += 1) insert(n);
  });
}
database.close();

function insert(n: number): void {
  const account = inventedAccount(n);
  const dn = `uid=${account.id},ou=accounts,${baseDn}`;
  const attributes: AttributeMap = new Map();
  for (const [attribute, given] of Object.entries(newAccountEntry(account, sealing))) {
    const values = (given === undefined ? [] : [given].flat()).map((value) => Buffer.from(value));
    const description = getDescription(schema, attribute);
    if (values.length > 0) attributes.set(description.key, { description, values });
  }
  const name = nameOf(dn);
  const structural = checkEntry(schema, name, attributes);
  const uuid = systemRandom.bytes(16).toString('hex');
  noteCreation(schema, attributes, structural, uuid, { by: `cn=hufu,${baseDn}`, at: new Date() });
  store.insert({ parent: branch?.id, key: name.key, dn, attributes });
}

function nameOf(dn: string) {
  const name = schema.naming.parse(dn);
  if (!name) throw new Error(`${dn} is no name`);
  return name;
}
