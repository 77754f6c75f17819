/** The child process of embedded-server.ts: one embedded directory, told about by its first argument (JSON). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  startEmbeddedDirectory,
  type EmbeddedDirectoryOptions,
} from '#adapters/embedded-directory/embedded-directory.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realClock } from '#test/support/real.ts';

const told = JSON.parse(process.argv[2] ?? '{}') as Pick<
  EmbeddedDirectoryOptions,
  'file' | 'baseDn' | 'identities' | 'listen' | 'limits'
>;
const schemaFile = path.resolve(import.meta.dirname, '../../../config/ldap/hufu.schema.ldif');

const directory = await startEmbeddedDirectory({
  ...told,
  schema: readFileSync(schemaFile, 'utf8'),
  uniqueAttributes: ['hufuNationalIdKey', 'hufuCertificateKey'],
  log: createKeptLog(),
  clock: realClock,
});
process.send?.(directory.address);
process.once('disconnect', () => void directory.close());
