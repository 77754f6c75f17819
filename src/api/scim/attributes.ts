/** A table of attributes (RFC 7643, section 7), from which the published schemas, PATCH and filters take what they know. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'complex' | 'dateTime' | 'reference';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  /** Not required, but never absent from a resource either: it cannot be removed. */
  readonly alwaysThere?: true;
  readonly caseExact?: true;
  /** Default readWrite. */
  readonly mutability?: 'readOnly' | 'writeOnly' | 'immutable';
  /** Default: `default`. */
  readonly returned?: 'always' | 'never' | 'request';
  readonly uniqueness?: 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly sub?: readonly Attribute[];
}

export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** What every resource has, in no schema of its own (RFC 7643, section 3.1). */
export const commonAttributes: readonly Attribute[] = [
  {
    name: 'schemas',
    type: 'reference',
    description: 'URIs of its schemas.',
    multiValued: true,
    returned: 'always',
    caseExact: true,
  },
  {
    name: 'id',
    type: 'string',
    description: 'Its id.',
    mutability: 'readOnly',
    returned: 'always',
    caseExact: true,
  },
  {
    name: 'meta',
    type: 'complex',
    description: 'What is known of the record.',
    mutability: 'readOnly',
    sub: [
      { name: 'resourceType', type: 'string', description: 'Kind.', mutability: 'readOnly', caseExact: true },
      {
        name: 'created',
        type: 'dateTime',
        description: 'Begin of the day of opening.',
        mutability: 'readOnly',
      },
      {
        name: 'location',
        type: 'reference',
        description: 'Address.',
        mutability: 'readOnly',
        caseExact: true,
      },
      {
        name: 'version',
        type: 'string',
        description: 'Weak entity tag.',
        mutability: 'readOnly',
        caseExact: true,
      },
    ],
  },
];

export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return attributes.find((attribute) => attribute.name.toLowerCase() === wanted);
}

/** As /Schemas has it. */
export function attributeDocument(attribute: Attribute): Record<string, unknown> {
  const { sub, name, type, description, canonicalValues, referenceTypes } = attribute;
  return {
    name,
    type,
    ...(sub && { subAttributes: sub.map(attributeDocument) }),
    multiValued: attribute.multiValued === true,
    description,
    required: attribute.required === true,
    ...(canonicalValues && { canonicalValues }),
    // Of texts alone it says something (section 7).
    ...((type === 'string' || type === 'reference') && { caseExact: attribute.caseExact === true }),
    mutability: attribute.mutability ?? 'readWrite',
    returned: attribute.returned ?? 'default',
    uniqueness: attribute.uniqueness ?? 'none',
    ...(referenceTypes && { referenceTypes }),
  };
}
