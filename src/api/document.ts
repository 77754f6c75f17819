/** The OpenAPI 3.1 document, made from the table of operations and its schemas: it cannot say what the routes do not do. */
import { z } from 'zod';
import { accountOperations } from './accounts/operations.ts';
import type { Operation } from './operation.ts';
import { problemCodes } from './problem.ts';
import { deedScopes } from '#domain/permission.ts';

type Json = Record<string, unknown>;

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z2-7]{26}$' } };
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'ETag of the account as it was read.',
  schema: { type: 'string', examples: ['"3"'] },
};
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeated with the same key within a day, the request opens nobody twice.',
  schema: { type: 'string', maxLength: 200 },
};

/** Addresses are relative: the document is the same for every hub. */
export function apiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, operation] of Object.entries(accountOperations)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(name, operation) };
  }
  const scopes = new Set(Object.values(deedScopes).filter((scope) => scope !== undefined));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hufu API',
      version: '1',
      description: 'Accounts of officials, for programs registered with client credentials. See docs/api.md.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ program: [] }],
    paths,
    components: {
      securitySchemes: {
        program: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: '/oidc/token',
              scopes: Object.fromEntries([...scopes].map((scope) => [scope, describe(scope)])),
            },
          },
        },
      },
      responses: {
        problem: {
          description: 'Refused or failed (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function describe(scope: string): string {
  const deeds = Object.entries(deedScopes).filter(([, of]) => of === scope);
  return deeds.map(([deed]) => deed).join(', ');
}

function operationOf(operationId: string, operation: Operation): Json {
  const { rule, summary, body, status, answer, type = 'application/json' } = operation;
  const scope = rule === 'public' ? undefined : deedScopes[rule.deed];
  return {
    operationId,
    summary,
    ...(scope && { security: [{ program: [scope] }] }),
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      [status]: {
        description: 'Done.',
        ...(answer && { content: { [type]: { schema: schemaOf(answer, 'output') } } }),
      },
      default: { $ref: '#/components/responses/problem' },
    },
  };
}

function parametersOf({ path, query, asSeen, repeatable }: Operation): readonly Json[] {
  const { properties = {}, required = [] } = query
    ? (schemaOf(query, 'input') as { properties?: Record<string, Json>; required?: readonly string[] })
    : {};
  return [
    ...(path.includes('{id}') ? [id] : []),
    ...Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query',
      ...(required.includes(name) && { required: true }),
      ...(description !== undefined && { description }),
      schema,
    })),
    ...(asSeen ? [ifMatch] : []),
    ...(repeatable ? [idempotencyKey] : []),
  ];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io }) as Json;
  return rest;
}

function problemSchema(): Json {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'request_id'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code: { enum: problemCodes },
      why: { ...text, description: 'The rule that refused.' },
      about: { ...text, description: 'Role, category or field that it is about.' },
      errors: {
        type: 'array',
        items: { type: 'object', properties: { path: text, expected: text } },
      },
      existing: { ...text, description: 'Id of the account that the person has already.' },
      request_id: text,
    },
  };
}
