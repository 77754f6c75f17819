import { describe, expect, test } from 'vitest';
import {
  parseAttributeType,
  parseObjectClass,
  parseSchemaLdif,
} from '#adapters/embedded-directory/schema/parse-schema.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';

const ldif = `# a comment
dn: cn=own,cn=schema,cn=config
objectClass: olcSchemaConfig
olcAttributeTypes: {0}( 2.25.1.1 NAME ( 'ownName' 'on' ) DESC 'a ( strange $ one'
  SUP name SINGLE-VALUE )
olcAttributeTypes:: ${Buffer.from("( 2.25.1.2 NAME 'ownNumber' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27{5} )").toString('base64')}
olcObjectClasses: ( 2.25.1.3 NAME 'ownThing' SUP top AUXILIARY MUST ownName
  MAY ( ownNumber $ description ) )
`;

describe('schema', () => {
  test('reads definitions from LDIF: folded, numbered, in base64', () => {
    const { attributeTypes, objectClasses } = parseSchemaLdif(ldif);
    expect(attributeTypes.map(({ names }) => names)).toEqual([['ownName', 'on'], ['ownNumber']]);
    expect(attributeTypes[1]?.syntax).toBe('1.3.6.1.4.1.1466.115.121.1.27');
    expect(objectClasses[0]).toMatchObject({
      kind: 'auxiliary',
      must: ['ownName'],
      may: ['ownNumber', 'description'],
    });
  });

  test('inherits syntax and rules from the superior type, not the single value', () => {
    const schema = createSchema(ldif);
    const own = schema.findAttributeType('ON');
    expect(own?.key).toBe('ownname');
    expect(own?.equality?.name).toBe('caseIgnoreMatch');
    expect(own?.syntax).toBe(schema.findAttributeType('name')?.syntax);
    expect(own?.singleValue).toBe(true);
    const name = schema.findAttributeType('name');
    expect(name && schema.withSubtypes(name).map(({ key }) => key)).toEqual(
      expect.arrayContaining(['name', 'cn', 'ownname']),
    );
  });

  test('inherits required and allowed attributes from superior classes', () => {
    const inetOrgPerson = createSchema('').findObjectClass('inetorgperson');
    expect([...(inetOrgPerson?.must ?? [])].sort()).toEqual(['cn', 'objectclass', 'sn']);
    expect(inetOrgPerson?.may.has('userpassword')).toBe(true);
    expect([...(inetOrgPerson?.lineage ?? [])].map(({ key }) => key)).toEqual([
      'top',
      'person',
      'organizationalperson',
      'inetorgperson',
    ]);
  });

  test.each([
    ["olcAttributeTypes: ( 2.25.1 NAME 'x' SUP nonesuch )", 'unknown nonesuch'],
    ["olcAttributeTypes: ( 2.25.1 NAME 'x' EQUALITY nonesuchMatch )", 'unknown matching rule'],
    ["olcObjectClasses: ( 2.25.1 NAME 'x' MUST nonesuch )", 'unknown nonesuch'],
    ["olcObjectClasses: ( 2.25.1 NAME 'x' SUP nonesuch )", 'unknown nonesuch'],
    ['olcAttributeTypes: nonsense', 'not a definition'],
  ])('refuses %s', (text, message) => {
    expect(() => createSchema(text)).toThrow(message);
  });

  test('reads flags wherever they stand', () => {
    expect(
      parseAttributeType("( 1.2 NAME 'a' NO-USER-MODIFICATION SINGLE-VALUE USAGE directoryOperation )"),
    ).toMatchObject({
      singleValue: true,
      userModifiable: false,
      operational: true,
    });
    expect(parseObjectClass("( 1.2 NAME 'a' ABSTRACT )").kind).toBe('abstract');
  });
});
