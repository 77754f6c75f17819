/** The second half of Microsoft's SCIM reference collection (see entra.test.ts), and what the provisioning service of Entra sends besides. */
import { describe, expect, test } from 'vitest';
import { officialSchemaId } from '#api/scim/user-schema.ts';
import { expectError, useEntraClient } from '../../support/scim/entra-client.ts';
import { enterprise, long, short } from '../../support/scim/entra-users.ts';
import { patchOf } from '../../support/scim/scim-hub.ts';

const { call, post, idOf, lastOfficial } = useEntraClient(6300);

const found = (filter: string) => call('GET', `/Users?filter=${encodeURIComponent(filter)}`);

describe('User tests with garbage', () => {
  let omalley = '';
  test('Post user "OMalley", Post emp1 with string "True", Post emp2, Post emp3, Post enterprise user', async () => {
    for (const active of [true, 'True', true, true, true]) {
      const { status, body } = await post({
        ...long('OMalley', active),
        [enterprise]: { Department: 'some' },
      });
      expect([status, body['active'], body['emails']]).toMatchObject([
        201,
        true,
        [{ value: 'anna33@example.test' }],
      ]);
      expect(body['addresses']).toEqual([
        { type: 'work', formatted: '9132 Jennifer Way Suite 040 South Nancy, MI 55645', postalCode: '99265' },
      ]);
      omalley = String(body['id']);
    }
  });
  test('Get all users, Paginate, get user attributes', async () => {
    const { totalResults } = (await call('GET', '/Users')).body;
    expect((await call('GET', '/Users?startIndex=1&count=2')).body).toMatchObject({
      totalResults,
      itemsPerPage: 2,
    });
    expect((await call('GET', '/Users?attributes=userName,emails')).body).toMatchObject({ totalResults });
  });
  test('Put a user no username (misspelt there)', async () => {
    const { userName, ...user } = long('OMalley', false);
    expectError(await call('PUT', `/Users/${omalley}`, { ...user, userame: userName }), 400, 'invalidSyntax');
  });
  test('explained: Post no username: the hub names users itself', async () => {
    const { userName: _none, ...user } = long('', true);
    expect((await post(user)).status).toBe(201);
  });
  test('Post junk', async () => {
    const answer = await call('POST', '/Users', undefined, { 'Content-Type': 'application/json' });
    expectError(answer, 400, 'invalidValue');
  });
  test('Post emp3 exists, Post emp3 exists try again', async () => {
    const user = { ...long('emp3', true), ...lastOfficial() };
    for (let n = 0; n < 3; n += 1) expectError(await call('POST', '/Users', user), 409, 'uniqueness');
  });
  test('explained: Put a user misspelled attribute: refused rather than dropped', async () => {
    const { addresses, ...user } = long('OMalley', false);
    expectError(
      await call('PUT', `/Users/${omalley}`, { ...user, adreses: addresses }),
      400,
      'invalidSyntax',
    );
  });
  test('patch user omalley active with boolean, get user1 (200 with the user instead of 204)', async () => {
    const answer = await call(
      'PATCH',
      `/Users/${omalley}`,
      patchOf({ op: 'Replace', path: 'active', value: false }),
    );
    expect(answer).toMatchObject({ status: 200, body: { active: false } });
    expect((await call('GET', `/Users/${omalley}`)).body['active']).toBe(false);
  });
  test('explained: Patch user omalley new username', async () => {
    const answer = await call(
      'PATCH',
      `/Users/${omalley}`,
      patchOf({ op: 'Replace', path: 'userName', value: 'new' }),
    );
    expectError(answer, 400, 'mutability');
  });
  test('Put a user OMalley', async () => {
    const { [officialSchemaId]: extension } = (await call('GET', `/Users/${omalley}`)).body;
    const user = { ...long('OMalley', false), id: omalley, [officialSchemaId]: extension };
    expect(await call('PUT', `/Users/${omalley}`, user)).toMatchObject({
      status: 200,
      body: { active: false },
    });
  });
  test.each([
    'name.FamilyName eq Employee and (emails.Value co example.com or emails.Value co example.org)',
    'userName sw O',
    'meta.Created gt 2015-10-10T14:38:21.8617979-07:00',
  ])('explained: filter %s: texts stand in quotes (RFC 7644, figure 1)', async (filter) => {
    expectError(await found(filter), 400, 'invalidFilter');
  });
  test('filter greater than, filter starts with, filter eq and (val or val), in quotes', async () => {
    expect((await found('meta.Created gt "2015-10-10T14:38:21-07:00"')).body['totalResults']).toBeGreaterThan(
      4,
    );
    expect((await found(`userName sw "${omalley.slice(0, 8)}"`)).body['totalResults']).toBe(1);
    const both = 'displayName eq "Daniel Mcgee" and (title co "engineer" or title co "manager")';
    expect((await found(both)).body['totalResults']).toBeGreaterThan(4);
  });
});

describe('Group tests with garbage', () => {
  test('explained: Post group', async () => {
    expectError(await call('POST', '/Groups', { displayName: 'Group 1', externalId: '015489ea' }), 405);
  });
  test.each(['string id 1', 'string id 2'])(
    'explained: Group patch add member: %s is no user',
    async (value) => {
      const body = { id: 'csm_user', ...patchOf({ op: 'add', path: 'members', value }) };
      expectError(await call('PATCH', '/Groups/csm_user', body), 400, 'invalidValue');
    },
  );
  test('Get group, Get group exclude members', async () => {
    expect((await call('GET', '/Groups/csm_user')).status).toBe(200);
    const { status, body } = await call('GET', '/Groups/csm_user?excludedAttributes=members');
    expect([status, 'members' in body]).toEqual([200, false]);
  });
  test('explained: group put without members, under another name', async () => {
    expectError(await call('PUT', '/Groups/csm_user', { displayName: 'Tiffany Ortiz' }), 400, 'invalidValue');
  });
});

describe('what the provisioning service of Entra sends', () => {
  test('“Test connection” looks for somebody that there is not', async () => {
    const { status, body } = await found('userName eq "b4fa7c1e-0000-4000-8000-000000000000"');
    expect([status, body]).toMatchObject([200, { totalResults: 0, Resources: [] }]);
  });
  test.each(['Replace', 'replace'])('attributes one by one with %s, the account off and on', async (op) => {
    const path = `/Users/${await idOf(short('Ella', 'ella@example.test'))}`;
    const changed = await call(
      'PATCH',
      path,
      patchOf(
        { op, path: 'displayName', value: 'Ella E' },
        { op, path: 'emails[type eq "work"].value', value: 'ella.e@example.test' },
        { op, path: 'name.givenName', value: 'Ella' },
        { op: op.replace('eplace', 'emove'), path: 'title' },
        {
          op: op === 'Replace' ? 'Add' : 'add',
          path: 'phoneNumbers[type eq "mobile"].value',
          value: '0912-345-678',
        },
        { op: 'Add', path: 'addresses[type eq "work"].formatted', value: '臺北市福州街 15 號' },
        { op: 'Add', path: `${enterprise}:manager`, value: 'boss' },
        { op, value: { 'name.familyName': 'E', [`${enterprise}:employeeNumber`]: '43', title: 'Architect' } },
      ),
    );
    expect([changed.status, changed.body['detail']]).toEqual([200, undefined]);
    expect(changed.body).toMatchObject({
      displayName: 'Ella E',
      title: 'Architect',
      emails: [{ value: 'ella.e@example.test' }],
      phoneNumbers: [{ type: 'mobile', value: '0912-345-678' }],
      addresses: [{ type: 'work', formatted: '臺北市福州街 15 號' }],
    });
    for (const [word, active] of [
      ['False', false],
      ['True', true],
    ] as const)
      expect((await call('PATCH', path, patchOf({ op, path: 'active', value: word }))).body).toMatchObject({
        active,
      });
    expect((await call('DELETE', path)).status).toBe(204);
    expectError(await call('DELETE', path), 404);
  });
  test('a member taken out by a list of values, as the older behaviour has it', async () => {
    const id = await idOf(short('Member', 'member@example.test'));
    for (const op of ['Add', 'Remove'])
      expect(
        (await call('PATCH', '/Groups/csm_user', patchOf({ op, path: 'members', value: [{ value: id }] })))
          .status,
      ).toBe(204);
    expect((await call('GET', `/Users/${id}`)).body['groups']).toEqual([]);
  });
});
