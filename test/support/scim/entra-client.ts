/** What the tests of Microsoft's collection share: a hub of their own, users with this domain's extension, and errors as it wants them. */
import { afterAll, beforeAll, expect } from 'vitest';
import { errorSchema, official, startScimHub, type Json, type ScimAnswer, type ScimHub } from './scim-hub.ts';

export interface EntraClient {
  readonly call: ScimHub['call'];
  post(user: Json): Promise<ScimAnswer>;
  /** Posts the user and gives the id. */
  idOf(user: Json): Promise<string>;
  /** The extension of whom `post` created last. */
  lastOfficial(): Json;
}

/** For one test file; national IDs are invented from `firstNumber` on. */
export function useEntraClient(firstNumber: number): EntraClient {
  let hub: ScimHub;
  beforeAll(async () => {
    hub = await startScimHub();
  });
  afterAll(() => hub.close());

  let lastNumber = firstNumber;
  const call: ScimHub['call'] = (...request) => hub.call(...request);
  const post = (user: Json) => {
    lastNumber += 1;
    return call('POST', '/Users', { ...user, ...official(lastNumber) });
  };
  return {
    call,
    post,
    idOf: async (user) => String((await post(user)).body['id']),
    lastOfficial: () => official(lastNumber),
  };
}

export function expectError({ status, body }: ScimAnswer, expected: number, scimType?: string): void {
  expect([status, body['schemas'], body['scimType']]).toEqual([expected, [errorSchema], scimType]);
}
