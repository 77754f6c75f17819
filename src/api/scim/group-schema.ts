import type { Schema } from './attributes.ts';

export const groupSchemaId = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Roles as groups: those that the client may give. Which roles there are is the catalogue's matter. */
export const groupSchema: Schema = {
  id: groupSchemaId,
  name: 'Group',
  description: 'A role that the client may give',
  attributes: [
    {
      name: 'displayName',
      type: 'string',
      description: 'Code and name of the role.',
      mutability: 'readOnly',
    },
    {
      name: 'members',
      type: 'complex',
      description: 'Who holds it, in force or ended; told when asked for by `attributes=members`.',
      multiValued: true,
      returned: 'request',
      sub: [
        { name: 'value', type: 'string', description: 'Id of the account.', caseExact: true },
        {
          name: '$ref',
          type: 'reference',
          description: 'The user.',
          referenceTypes: ['User'],
          mutability: 'readOnly',
        },
        { name: 'type', type: 'string', description: 'Always User.', canonicalValues: ['User'] },
      ],
    },
  ],
};
