/** What this server can do, and what its resources have (RFC 7643, sections 5 to 7). */
import { attributeDocument, type Schema } from './attributes.ts';
import { coreSchemas } from './core-schemas.ts';
import { listSchemaId, mostResults } from './list-query.ts';
import { groupType, userType, type ResourceType } from './resource-type.ts';
import { addressOf } from './user-resource.ts';

type Json = Record<string, unknown>;

export interface Discovery {
  readonly serviceProviderConfig: Json;
  readonly resourceTypes: readonly Json[];
  readonly schemas: readonly Json[];
}

export function createDiscovery(issuer: string): Discovery {
  const types = [userType, groupType];
  const ofResources = types.flatMap(({ schema, extension }) => (extension ? [schema, extension] : [schema]));
  const schemas = [...ofResources, ...coreSchemas];
  return {
    serviceProviderConfig: serviceProviderConfig(issuer),
    resourceTypes: types.map((type) => resourceTypeDocument(issuer, type)),
    schemas: schemas.map((schema) => schemaDocument(issuer, schema)),
  };
}

export function listDocument(resources: readonly Json[]): Json {
  return {
    schemas: [listSchemaId],
    totalResults: resources.length,
    itemsPerPage: resources.length,
    startIndex: 1,
    Resources: resources,
  };
}

function serviceProviderConfig(issuer: string): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: mostResults,
      maxPageSize: mostResults,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth 2.0 client credentials',
        description: 'An access token for the API of the hub, bearer or bound (DPoP, mutual TLS).',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: addressOf(issuer, '/ServiceProviderConfig') },
  };
}

function resourceTypeDocument(issuer: string, { name, endpoint, schema, extension }: ResourceType): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint,
    description: schema.description,
    schema: schema.id,
    ...(extension && { schemaExtensions: [{ schema: extension.id, required: true }] }),
    meta: { resourceType: 'ResourceType', location: addressOf(issuer, `/ResourceTypes/${name}`) },
  };
}

function schemaDocument(issuer: string, { id, name, description, attributes }: Schema): Json {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(attributeDocument),
    meta: { resourceType: 'Schema', location: addressOf(issuer, `/Schemas/${id}`) },
  };
}
