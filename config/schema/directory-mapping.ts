/** How our entries are written in a directory that names things its own way. */
import { z } from 'zod';
import { distinguishedName } from './values.ts';

function descriptor() {
  return z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'a name such as telephoneNumber (RFC 4512 §1.4)' });
}

function branch(baseDn: string) {
  return z
    .strictObject({
      baseDn: distinguishedName()
        .exactOptional()
        .describe(`Entry beneath which these entries lie. Default: \`${baseDn},<baseDn>\`.`),
      attributes: z
        .array(
          z.strictObject({
            ours: descriptor().describe('Name in our schema.'),
            theirs: descriptor().describe(
              'Name in the directory; a text attribute of at least as many values.',
            ),
          }),
        )
        .default([])
        .describe('Attributes that have another name there. Default: none.'),
      objectClasses: z
        .array(
          z.strictObject({
            ours: descriptor().describe('Class in our schema.'),
            theirs: z
              .array(descriptor())
              .min(1)
              .describe('Classes that stand for it; the first one tells such entries.'),
          }),
        )
        .default([])
        .describe('Object classes that have another name there. Default: none.'),
    })
    .prefault({});
}

export const directoryMapping = z
  .strictObject({
    accounts: branch('ou=accounts').describe('Accounts, and the decoy.'),
    organizations: branch('ou=organizations').describe('Organisations.'),
    categories: branch('ou=categories').describe('Categories and their roles.'),
    systems: branch('ou=systems').describe('Systems.'),
  })
  .prefault({})
  .describe(
    'For an existing directory whose names differ from our schema (`docs/directory.md`); `hufu check-directory` says what is missing.',
  );
