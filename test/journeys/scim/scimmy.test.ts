/**
 * SCIMMY, an independent implementation of RFC 7643, judges what a whole hub publishes and answers: it refuses what is of another type
 * or misses what is required, and leaves out what its schema does not have, so that what it gives back must be what it got.
 */
import { randomUUID } from 'node:crypto';
import { Messages, Schemas, Types } from 'scimmy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import {
  official,
  patchOf,
  resourcesOf,
  schemaIds,
  startScimHub,
  type Json,
  type ScimHub,
} from '../../support/scim/scim-hub.ts';
import type { PublishedAttribute, PublishedSchema } from '../../support/scim/sample-values.ts';

const { Attribute, SchemaDefinition } = Types;

let hub: ScimHub;
let schemas: readonly PublishedSchema[];
let answers: Readonly<Record<'created' | 'read' | 'replaced' | 'patched' | 'listed', Json>>;
beforeAll(async () => {
  hub = await startScimHub();
  schemas = resourcesOf(await hub.call('GET', '/Schemas')) as unknown as readonly PublishedSchema[];
  const body = {
    schemas: schemaIds,
    displayName: '林大同',
    title: '科員',
    emails: [{ value: 'lin@example.test', type: 'work', primary: true }],
    phoneNumbers: [{ value: '02-23212200', type: 'work' }],
    addresses: [{ type: 'work', formatted: '臺北市福州街 15 號', postalCode: '100' }],
    ...official(6001),
  };
  const created = (await hub.call('POST', '/Users', body)).body;
  const path = `/Users/${String(created['id'])}`;
  const members = patchOf({ op: 'add', path: 'members', value: [{ value: created['id'] }] });
  await hub.call('PATCH', '/Groups/csm_user', members);
  const patched = await hub.call('PATCH', path, patchOf({ op: 'add', path: 'title', value: '科長' }));
  answers = {
    created,
    patched: patched.body,
    replaced: (await hub.call('PUT', path, body)).body,
    read: (await hub.call('GET', path)).body,
    listed: resourcesOf(await hub.call('GET', '/Users'))[0] ?? {},
  };
});
afterAll(() => hub.close());

function attributeOf({
  name,
  type,
  subAttributes = [],
  ...document
}: PublishedAttribute): InstanceType<typeof Attribute> {
  const { mutability, canonicalValues, ...config } = document;
  return new Attribute(
    type as ConstructorParameters<typeof Attribute>[0],
    name,
    {
      ...config,
      mutable: mutability,
      ...(canonicalValues && { canonicalValues: [...canonicalValues] }),
    } as never,
    subAttributes.map(attributeOf),
  );
}

/** It knows schemas of the IETF's name space alone; RFC 7643, section 10, leaves others to everybody. */
const judgedId = (id: string) => id.replace('urn:hufu:', 'urn:ietf:');

function definitionOf({ id, name, attributes }: PublishedSchema) {
  // What every resource has it knows itself; what is never told it would miss in an answer.
  const own = attributes.filter((attribute) => attribute.name !== 'id' && attribute.returned !== 'never');
  return new SchemaDefinition(name, judgedId(id), name, own.map(attributeOf));
}

const schemaNamed = (name: string) =>
  schemas.find((schema) => schema.name === name) ?? expect.unreachable(name);
/** As JSON, with points in time written in one way. */
const plain = (value: unknown) =>
  JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
    typeof inner === 'string' && /^\d{4}-\d\d-\d\dT/.test(inner) ? new Date(inner).toISOString() : inner,
  ) as Json;

test('every attribute that is published is one, and its characteristics read the same again', () => {
  for (const { attributes } of schemas) {
    for (const attribute of attributes) expect(attribute).toMatchObject(plain(attributeOf(attribute)));
  }
});

describe('users', () => {
  test('are of the published schemas, in every answer that has one', () => {
    const definition = definitionOf(schemaNamed('User'));
    definition.extend(definitionOf(schemaNamed('Official')), true);
    for (const [name, answer] of Object.entries(answers)) {
      const judged = plain(
        JSON.parse(JSON.stringify(answer).replaceAll(officialSchemaId, judgedId(officialSchemaId))),
      );
      expect([name, plain(definition.coerce(judged, 'out'))]).toEqual([name, judged]);
    }
  });

  test('are users of RFC 7643 for whoever does not know the extension', () => {
    for (const answer of Object.values(answers)) {
      const { [officialSchemaId]: _official, ...core } = answer;
      const judged = plain({ ...core, schemas: [schemaNamed('User').id] });
      expect(plain(Schemas.User.definition.coerce(judged, 'out'))).toEqual(judged);
    }
  });
});

test('groups are groups of RFC 7643', async () => {
  const list = resourcesOf(await hub.call('GET', '/Groups?attributes=members,displayName,meta&count=2'));
  expect(list.length).toBeGreaterThan(0);
  for (const group of list)
    expect(plain(Schemas.Group.definition.coerce(group, 'out'))).toEqual(plain(group));
});

test('discovery answers as RFC 7643 says, with pages by cursor (RFC 9865) beside', async () => {
  const { pagination, ...config } = (await hub.call('GET', '/ServiceProviderConfig')).body;
  // `primary` of a scheme is in the example of section 8.5 and not in the schema of section 8.7.2.
  const [{ primary, ...scheme } = {}] = config['authenticationSchemes'] as readonly Json[];
  const known = { ...config, authenticationSchemes: [scheme] };
  const { definition } = Schemas.ServiceProviderConfig;
  expect(pagination).toMatchObject({ cursor: true, index: true });
  expect([primary, plain(definition.coerce(config, 'out'))]).toEqual([true, known]);
  const own = definitionOf(schemaNamed('ServiceProviderConfig'));
  expect(plain(own.coerce({ id: 'x', ...config, pagination }, 'out'))).toMatchObject({
    ...config,
    pagination,
  });
  for (const type of resourcesOf(await hub.call('GET', '/ResourceTypes'))) {
    expect(plain(Schemas.ResourceType.definition.coerce(type, 'out'))).toMatchObject({
      name: type['name'],
      endpoint: type['endpoint'],
      schema: type['schema'],
    });
  }
});

test.each([
  ['GET', `/Users/${randomUUID()}`, undefined],
  ['GET', '/Users?filter=nickName+eq+"x"', undefined],
  ['POST', '/Users', { schemas: schemaIds }],
  ['PATCH', '/Groups/csm_user', patchOf({ op: 'replace', path: 'displayName', value: '別名' })],
])('an error is one: %s %s', async (method, path, body) => {
  const answer = await hub.call(method, path, body);
  const { status, scimType, detail } = answer.body;
  const message = new Messages.ErrorResponse({ status, scimType, detail } as never);
  expect(plain({ ...message })).toEqual(answer.body);
});
