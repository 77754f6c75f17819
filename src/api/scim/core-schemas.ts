/** Schemas of what discovery itself answers with (RFC 7643, section 8.7.2; pagination RFC 9865): all of it the server's. */
import type { Attribute, Schema } from './attributes.ts';

type More = Partial<Omit<Attribute, 'name' | 'type' | 'description'>>;

const of =
  (type: Attribute['type']) =>
  (name: string, description: string, more: More = {}): Attribute => ({
    name,
    type,
    description,
    mutability: 'readOnly',
    ...more,
  });
const [text, flag, number, address] = [of('string'), of('boolean'), of('integer'), of('reference')];
const complex = (name: string, description: string, sub: readonly Attribute[], more: More = {}) =>
  of('complex')(name, description, { sub, ...more });

const required = { required: true } as const;
const exact = { caseExact: true } as const;
const external = { referenceTypes: ['external'], caseExact: true } as const;
const uri = { referenceTypes: ['uri'], caseExact: true } as const;
const supported = flag('supported', 'Whether it is.', required);

const serviceProviderConfigSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  name: 'ServiceProviderConfig',
  description: 'What the server can do',
  attributes: [
    address('documentationUri', 'Where it is described for people.', external),
    complex('patch', 'PATCH.', [supported], required),
    complex(
      'bulk',
      'Bulk requests.',
      [
        supported,
        number('maxOperations', 'Operations at most.', required),
        number('maxPayloadSize', 'Bytes at most.', required),
      ],
      required,
    ),
    complex(
      'filter',
      'Filters.',
      [supported, number('maxResults', 'Resources of an answer at most.', required)],
      required,
    ),
    complex('changePassword', 'Changes of passwords.', [supported], required),
    complex('sort', 'Sorting.', [supported], required),
    complex('etag', 'Entity tags.', [supported], required),
    complex('pagination', 'Pages.', [
      flag('cursor', 'By cursor.', required),
      flag('index', 'By index.', required),
      text('defaultPaginationMethod', 'The one without being asked.', {
        canonicalValues: ['cursor', 'index'],
      }),
      number('defaultPageSize', 'Resources of a page where no count is asked.'),
      number('maxPageSize', 'Resources of a page at most.'),
      number('cursorTimeout', 'Seconds for which a cursor is good.'),
    ]),
    complex(
      'authenticationSchemes',
      'How clients prove who they are.',
      [
        text('type', 'Kind of scheme.', required),
        text('name', 'Its name.', required),
        text('description', 'What it is.', required),
        address('specUri', 'Its standard.', external),
        address('documentationUri', 'How it is used here.', external),
        flag('primary', 'Whether it is the preferred one.'),
      ],
      { multiValued: true, ...required },
    ),
  ],
};

const resourceTypeSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  name: 'ResourceType',
  description: 'A kind of resource',
  attributes: [
    text('id', 'Its id, which is its name.'),
    text('name', 'Its name.', required),
    text('description', 'What it is.'),
    address('endpoint', 'Path below the base address.', { ...uri, ...required }),
    address('schema', 'URI of its core schema.', { ...uri, ...required }),
    complex(
      'schemaExtensions',
      'Extensions of its schema.',
      [
        address('schema', 'URI of the extension.', { ...uri, ...required }),
        flag('required', 'Whether every resource has it.', required),
      ],
      { multiValued: true },
    ),
  ],
};

const attributeParts: readonly Attribute[] = [
  text('name', 'Its name.', { ...required, ...exact }),
  text('type', 'Its type.', {
    ...required,
    canonicalValues: [
      'string',
      'complex',
      'boolean',
      'decimal',
      'integer',
      'dateTime',
      'reference',
      'binary',
    ],
  }),
  flag('multiValued', 'Whether it has several values.', required),
  text('description', 'What it is.', exact),
  flag('required', 'Whether it must be there.'),
  text('canonicalValues', 'Values that it may have.', { multiValued: true, ...exact }),
  flag('caseExact', 'Whether case counts.'),
  text('mutability', 'Who writes it, and when.', {
    ...exact,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  text('returned', 'When it is told.', {
    ...exact,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  text('uniqueness', 'Among whom its value is the only one.', {
    ...exact,
    canonicalValues: ['none', 'server', 'global'],
  }),
  text('referenceTypes', 'What it may refer to.', { multiValued: true, ...exact }),
];

const schemaSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  name: 'Schema',
  description: 'What a resource has',
  attributes: [
    text('id', 'Its URI.', required),
    text('name', 'Its name.', required),
    text('description', 'What it describes.'),
    complex(
      'attributes',
      'Its attributes.',
      [
        ...attributeParts,
        complex('subAttributes', 'Parts of a complex attribute.', attributeParts, { multiValued: true }),
      ],
      { multiValued: true, ...required },
    ),
  ],
};

export const coreSchemas: readonly Schema[] = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];
