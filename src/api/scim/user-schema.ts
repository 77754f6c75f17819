/**
 * Officials as SCIM users. The login name of the domain is the national ID, which is shown to nobody: `userName` is the opaque id
 * of the account, and national ID and birthday go in by the extension and never come out.
 */
import type { Attribute, Schema } from './attributes.ts';

export const userSchemaId = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const officialSchemaId = 'urn:hufu:params:scim:schemas:extension:official:1.0:User';

const text = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  description,
  ...more,
});
const readOnly = { mutability: 'readOnly' } as const;

const typed = (description: string, types: readonly string[]): readonly Attribute[] => [
  text('value', description),
  text('type', 'Which one.', { canonicalValues: types }),
];

export const userSchema: Schema = {
  id: userSchemaId,
  name: 'User',
  description: 'User Account of an official',
  attributes: [
    text('userName', 'The id of the account; what is sent is ignored.', {
      ...readOnly,
      caseExact: true,
      uniqueness: 'server',
    }),
    {
      name: 'name',
      type: 'complex',
      description: 'Name of the person, in one piece; may be sent as displayName instead.',
      required: true,
      sub: [text('formatted', 'The whole name.', { required: true })],
    },
    text('displayName', 'The whole name again; a change of either changes both.', { alwaysThere: true }),
    text('title', 'Official title.'),
    {
      name: 'active',
      type: 'boolean',
      description: 'Not disabled; false disables and logs out everywhere.',
      alwaysThere: true,
    },
    {
      name: 'emails',
      type: 'complex',
      description: 'The one address that login codes are mailed to.',
      multiValued: true,
      required: true,
      sub: [
        ...typed('Address.', ['work']),
        {
          name: 'primary',
          type: 'boolean',
          description: 'Which one is meant where several are sent; the one that is kept is.',
        },
      ],
    },
    {
      name: 'phoneNumbers',
      type: 'complex',
      description: 'At most one of each type.',
      multiValued: true,
      sub: typed('Number.', ['work', 'mobile', 'fax']),
    },
    {
      name: 'addresses',
      type: 'complex',
      description: 'The office, at most one.',
      multiValued: true,
      sub: [
        text('formatted', 'Address in one line.'),
        text('postalCode', 'Postal code.'),
        text('type', 'Which one.', { canonicalValues: ['work'] }),
      ],
    },
    {
      name: 'groups',
      type: 'complex',
      description: 'Roles held, in force or ended; given and taken by the members of groups.',
      multiValued: true,
      ...readOnly,
      sub: [
        text('value', 'Role code.', { ...readOnly, caseExact: true }),
        {
          name: '$ref',
          type: 'reference',
          description: 'Its group.',
          referenceTypes: ['Group'],
          ...readOnly,
        },
        text('type', 'Always direct.', readOnly),
      ],
    },
  ],
};

const place = (
  name: string,
  description: string,
  more: readonly Attribute[] = [],
): Omit<Attribute, 'mutability'> => ({
  name,
  type: 'complex',
  description,
  sub: [
    text('oid', 'OID of an organisation of the directory.', { caseExact: true, required: true }),
    text('name', 'Name, as the directory has it.', { mutability: 'readOnly' }),
    ...more,
  ],
});

export const officialSchema: Schema = {
  id: officialSchemaId,
  name: 'Official',
  description: 'What officials have besides',
  attributes: [
    text('nationalId', 'National ID; needed to open an account, left as it is where it is not sent.', {
      required: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    text('birthday', 'Month and day, MMDD; as nationalId.', {
      required: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    {
      ...place('agency', 'Agency; changed later by programme officers alone.', [
        text('code', 'Ten characters, as the directory has them.', { ...readOnly, caseExact: true }),
      ]),
      required: true,
      mutability: 'immutable',
    },
    place('unit', 'Unit.'),
    text('staffNumber', 'Staff number.'),
    text('extension', 'Telephone extension.'),
    text('status', 'not-opened, enabled or disabled.', { ...readOnly, caseExact: true }),
    text('office', 'general, manager or programme-officer.', { ...readOnly, caseExact: true }),
    {
      name: 'grants',
      type: 'complex',
      description: 'Roles with their last day.',
      multiValued: true,
      ...readOnly,
      sub: [
        text('value', 'Role code.', { ...readOnly, caseExact: true }),
        text('until', 'Last day.', readOnly),
      ],
    },
    { name: 'lastLogin', type: 'dateTime', description: 'The latest login.', ...readOnly },
  ],
};
