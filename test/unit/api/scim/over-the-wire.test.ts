/** SCIM over the wire: what provisioning clients do, and each way in which it is turned away. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { officialSchemaId, userSchemaId } from '#api/scim/user-schema.ts';
import { hr, openApiWorld, type ApiWorld } from '#test/support/api/api-world.ts';
import { agency, ids, known, oid, openPerson } from '../../accounts/management/people-world.ts';

const warrant = { 'Hufu-Form': 'F-9', 'Hufu-Reason': encodeURIComponent('調任') };
let world: ApiWorld;
let ming: Account;
let far: Account;

beforeEach(async () => {
  world = await openApiWorld();
  const [first, second] = ids.map(known);
  ming = await openPerson(world.directory, { nationalId: known(first), grants: [{ role: 'fms_user' }] });
  far = await openPerson(world.directory, {
    nationalId: known(second),
    name: '外人',
    agency: { ...agency, oid: oid('1.2.3.40') },
    unit: { oid: oid('1.2.3.40.1'), name: '外' },
  });
});
afterEach(() => world.close());

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = warrant) =>
  world.send(method, `/scim/v2${path}`, { ...(body !== undefined && { body }), headers });
const user = (rest = '') => `/Users/${ming.id}${rest}`;
const now = () => known(world.directory.all().find(({ id }) => id === ming.id));
const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const found = async (filter: string) => {
  const { status, body } = await send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
  return status === 200 ? body['totalResults'] : body['scimType'];
};

const newcomer = {
  schemas: [userSchemaId, officialSchemaId],
  userName: 'whatever',
  name: { formatted: '林大同' },
  emails: [{ value: 'lin@example.test', type: 'work', primary: true }],
  [officialSchemaId]: {
    nationalId: 'A900000016',
    birthday: '0301',
    agency: { oid: agency.oid },
    unit: { oid: '1.2.3.4.1', name: '另有其名' },
  },
};

describe('discovery is open, and says what there is', () => {
  test.each([
    '/ServiceProviderConfig',
    '/ResourceTypes',
    '/ResourceTypes/User',
    '/Schemas',
    `/Schemas/${officialSchemaId}`,
  ])('%s', async (path) => {
    const answer = await world.send('GET', `/scim/v2${path}`, { token: '' });
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/scim+json']);
  });
  test.each(['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'])(
    '%s is not filtered, and says so; order and pages are passed over',
    async (path) => {
      const filtered = await send('GET', `${path}?filter=${encodeURIComponent('id pr')}`);
      expect([filtered.status, filtered.body['status']]).toEqual([403, '403']);
      expect((await send('GET', `${path}?sortBy=id&startIndex=2&count=1`)).status).toBe(200);
    },
  );
  test('bulk is not supported, the rest is', async () => {
    const { body } = await send('GET', '/ServiceProviderConfig');
    expect(body).toMatchObject({
      bulk: { supported: false },
      patch: { supported: true },
      etag: { supported: true },
    });
    expect((await send('POST', '/Bulk', {})).body).toMatchObject({ status: '404' });
  });
});

describe('users', () => {
  test('one as a resource, without national ID and birthday', async () => {
    const { status, headers, body, text } = await send('GET', user());
    expect([status, headers.get('ETag')]).toEqual([200, `W/"${ming.revision}"`]);
    expect(body).toMatchObject({
      id: ming.id,
      userName: ming.id,
      active: true,
      emails: [{ value: 'ming@example.test', type: 'work', primary: true }],
      groups: [{ value: 'fms_user' }],
      [officialSchemaId]: { agency: { oid: '1.2.3.4' }, status: 'enabled' },
    });
    expect(text).not.toMatch(/A123|0215|nationalId|birthday/);
  });

  test('what is asked for alone, and without what is not', async () => {
    const some = await send('GET', user(`?attributes=displayname,emails.value,${officialSchemaId}:unit.oid`));
    expect(some.body).toEqual({
      schemas: [userSchemaId, officialSchemaId],
      id: ming.id,
      displayName: '王小明',
      emails: [{ value: 'ming@example.test' }],
      [officialSchemaId]: { unit: { oid: '1.2.3.4.1' } },
    });
    const less = await send('GET', user('?excludedAttributes=emails,id,meta'));
    expect(Object.keys(less.body)).toContain('id');
    expect(Object.keys(less.body)).not.toContain('emails');
  });

  test.each([
    ['active eq true', 1],
    ['active eq false', 0],
    ['displayName co "小"', 1],
    ['displayName eq "王小"', 0],
    ['not (displayName sw "李")', 1],
    ['groups.value eq "fms_user" and active eq true', 1],
    ['groups[value eq "csm_user"]', 0],
    [`${officialSchemaId}:unit.oid eq "1.2.3.4.1"`, 1],
    [`${officialSchemaId}:unit.oid eq "1.2.3.40.1"`, 0],
    [`${officialSchemaId}:status eq "enabled" or active eq true`, 1],
    ['meta.created le "2026-03-02T00:00:00Z"', 1],
    ['title pr', 0],
    ['displayName eq "外人"', 0],
    ['userName eq "nobody"', 0],
    ['externalId eq "00u1"', 0],
    ['externalId pr', 0],
    ['externalId eq "00u1" or displayName eq "王小明"', 1],
    ['not (externalId eq "00u1")', 1],
    ['emails.value eq "ming@example.test"', 'invalidFilter'],
    ['nickName eq "x"', 'invalidFilter'],
    [`${officialSchemaId}:nationalId eq "A123456789"`, 'invalidFilter'],
    ['displayName eq', 'invalidFilter'],
    ['displayName co " "', 0],
    ['displayName co "小 "', 0],
  ])('filter %s: %s', async (filter, expected) => {
    expect(await found(filter)).toBe(expected);
  });

  test('by id: within the subtree alone', async () => {
    expect(await found(`id eq "${ming.id}" and active eq true`)).toBe(1);
    expect(await found(`id eq "${far.id}"`)).toBe(0);
  });

  test('by id and by something else: both count', async () => {
    expect(await found(`id eq "${ming.id}" and groups.value eq "fms_user"`)).toBe(1);
    expect(await found(`id eq "${ming.id}" and groups.value eq "csm_user"`)).toBe(0);
    const status = `${officialSchemaId}:status eq "disabled"`;
    expect(await found(`active eq true and ${status} and id eq "${ming.id}"`)).toBe(0);
    const search = (nationalId: string) =>
      send('POST', '/Users/.search', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: `id eq "${ming.id}" and ${officialSchemaId}:nationalId eq "${nationalId}"`,
      });
    expect((await search('A123456789')).body).toMatchObject({ totalResults: 1 });
    expect((await search('A900000016')).body).toMatchObject({ totalResults: 0 });
  });

  test('a national ID by a body alone', async () => {
    const search = (nationalId: string) =>
      send('POST', '/Users/.search', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: `${officialSchemaId}:nationalId eq "${nationalId}"`,
        attributes: ['id'],
      });
    expect((await search('A123456789')).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: ming.id }],
    });
    expect((await search('A800000014')).body['totalResults']).toBe(0);
  });

  test('pages by index, also such as begin within one, and by cursor', async () => {
    await send('POST', '/Users', newcomer);
    const idsFrom = async (query: string) => {
      const { body } = await send('GET', `/Users?${query}`);
      return [(body['Resources'] as Account[]).map(({ id }) => id), body] as const;
    };
    const [all] = await idsFrom('');
    expect((await idsFrom('startIndex=2&count=1'))[0]).toEqual(all.slice(1));
    expect((await idsFrom('startIndex=9&count=5'))[0]).toEqual([]);
    expect((await idsFrom('count=0'))[1]).toMatchObject({ totalResults: 2, itemsPerPage: 0 });
    const [first, { nextCursor }] = await idsFrom('cursor=&count=1');
    const [second, last] = await idsFrom(`cursor=${String(nextCursor)}&count=1`);
    expect([...first, ...second]).toEqual(all);
    expect(last['nextCursor']).toBeUndefined();
    expect((await send('GET', '/Users?sortBy=emails')).body['scimType']).toBe('invalidValue');
    expect((await idsFrom('sortBy=displayName&sortOrder=descending'))[0]).toHaveLength(2);
  });

  test('one is opened, with its deed in the trail; twice is refused', async () => {
    const { status, headers, body } = await send('POST', '/Users', newcomer);
    expect([status, headers.get('Location')]).toEqual([
      201,
      `https://hub.example/scim/v2/Users/${String(body['id'])}`,
    ]);
    expect(body).toMatchObject({
      active: true,
      displayName: '林大同',
      [officialSchemaId]: { status: 'not-opened' },
    });
    expect(world.events().at(-1)).toMatchObject({ action: 'account.open', actor: 'client:hr', form: 'F-9' });
    expect((await send('POST', '/Users', newcomer)).body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    });
  });

  test('PATCH changes fields, disables and enables', async () => {
    const off = await send(
      'PATCH',
      user(),
      patch({ op: 'Replace', path: 'active', value: 'False' }, { op: 'add', value: { title: '科長' } }),
    );
    expect([off.status, off.body['active'], off.body['title']]).toEqual([200, false, '科長']);
    expect(world.followed).toContain(`end ${ming.id} account-disabled`);
    const on = await send('PATCH', user(), patch({ op: 'replace', value: { active: true } }));
    expect([on.status, now().status]).toEqual([200, 'enabled']);
    const phone = await send(
      'PATCH',
      user(),
      patch({ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '0912' }),
    );
    expect([phone.status, now().contact]).toMatchObject([200, { phone: '02-1', mobile: '0912' }]);
  });

  test('PUT replaces what may be changed; national ID and birthday stay when they are not sent', async () => {
    const before = now();
    const { status } = await send('PUT', user(), {
      schemas: [userSchemaId, officialSchemaId],
      displayName: '王大明',
      emails: [{ value: 'new@example.test' }],
      [officialSchemaId]: { agency },
    });
    expect(status).toBe(200);
    expect(now()).toMatchObject({
      name: '王大明',
      contact: { email: 'new@example.test' },
      nationalId: before.nationalId,
    });
    expect(now().contact.phone).toBeUndefined();
    expect(now().unit).toBeUndefined();
  });

  test('PUT of what was read, with either name changed, changes the name; of two changed ones the whole one counts', async () => {
    const put = async (more: object) => {
      const { body } = await send('GET', user());
      return (await send('PUT', user(), { ...body, ...more })).body['displayName'];
    };
    expect(await put({ displayName: '王一' })).toBe('王一');
    expect(await put({ name: { formatted: '王二' } })).toBe('王二');
    expect(await put({ name: { formatted: '王三' }, displayName: '阿三' })).toBe('王三');
    expect([await put({}), now().name]).toEqual(['王三', '王三']);
  });

  test('of lists in one another none is a resource, however deep', async () => {
    for (let depth = 50; depth < 32_000; depth = Math.ceil(depth * 1.1)) {
      const body = `{"title":${'['.repeat(depth)}${']'.repeat(depth)}}`;
      expect([depth, (await send('POST', '/Users', body)).status]).toEqual([depth, 400]);
    }
  });

  test('of an address the lines are one, and blanks without end keep nobody waiting', async () => {
    const addressed = (formatted: string) =>
      send(
        'PATCH',
        user(),
        patch({ op: 'replace', path: 'addresses', value: [{ type: 'work', formatted }] }),
      );
    expect((await addressed(' 臺北市\r\n \r\n信義路 1 號\n')).status).toBe(200);
    expect(now().contact.address).toBe('臺北市 信義路 1 號');
    const took = async (formatted: string) => {
      const began = performance.now();
      expect((await addressed(formatted)).status).toBe(400);
      return performance.now() - began;
    };
    const honest = await took('x'.repeat(60_000));
    expect(await took(`x${' '.repeat(60_000)}x`)).toBeLessThan(20 * honest + 500);
  });
  test('DELETE removes for good', async () => {
    expect((await send('DELETE', user())).status).toBe(204);
    expect((await send('GET', user())).body).toMatchObject({
      status: '404',
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    });
  });

  test('If-Match: as seen, or not at all', async () => {
    const body = patch({ op: 'replace', path: 'title', value: 'x' });
    const stale = await send('PATCH', user(), body, { ...warrant, 'If-Match': 'W/"1"' });
    expect([stale.status, now()]).toEqual([412, ming]);
    expect(
      (await send('PATCH', user(), body, { ...warrant, 'If-Match': `W/"${ming.revision}"` })).status,
    ).toBe(200);
  });

  test.each([
    ['no form and reason', patch({ op: 'replace', path: 'title', value: 'x' }), {}, 'invalidValue'],
    [
      'an attribute that there is not',
      patch({ op: 'add', path: 'favouriteColour', value: 'x' }),
      warrant,
      'invalidPath',
    ],
    [
      'a role by the user',
      patch({ op: 'add', path: 'groups', value: [{ value: 'csm_admin' }] }),
      warrant,
      'mutability',
    ],
    [
      'an office',
      patch({ op: 'replace', path: `${officialSchemaId}:office`, value: 'manager' }),
      warrant,
      'mutability',
    ],
    [
      'two addresses',
      patch({ op: 'add', path: 'emails', value: [{ value: 'b@example.test' }] }),
      warrant,
      'invalidValue',
    ],
    ['no address', patch({ op: 'remove', path: 'emails' }), warrant, 'mutability'],
    ['no name', patch({ op: 'remove', path: 'displayName' }), warrant, 'mutability'],
    ['no status', patch({ op: 'replace', path: 'active', value: null }), warrant, 'mutability'],
    ['no agency', patch({ op: 'remove', path: officialSchemaId }), warrant, 'mutability'],
    [
      'a unit that there is not',
      patch({ op: 'add', path: `${officialSchemaId}:unit`, value: { oid: '1.2.3.4.77' } }),
      warrant,
      'invalidValue',
    ],
    [
      'an invalid national ID',
      patch({ op: 'add', path: `${officialSchemaId}:nationalId`, value: 'A123456788' }),
      warrant,
      'invalidValue',
    ],
    ['a foreign schema', { ...patch(), schemas: ['urn:x'] }, warrant, 'invalidValue'],
    ['no operation', patch(), warrant, 'invalidValue'],
  ])('a PATCH with %s is refused, and nothing written', async (_case, body, headers, scimType) => {
    const answer = await send('PATCH', user(), body, headers);
    expect([answer.status, answer.body['scimType']]).toEqual([400, scimType]);
    expect(now()).toEqual(ming);
    expect(world.events().at(-1)).toMatchObject({ action: 'api.request', outcome: 'refused' });
  });

  test('another agency is for programme officers; another unit is within the subtree', async () => {
    const other = { oid: oid('1.2.3.4.9'), code: '387000009A', name: '他機關' };
    world.organizations.set(other.oid, other);
    const moved = await send(
      'PATCH',
      user(),
      patch({ op: 'replace', path: `${officialSchemaId}:agency.oid`, value: other.oid }),
    );
    expect([moved.status, moved.headers.get('Hufu-Why')]).toEqual([403, 'programme-officers-only']);
    const unit = { oid: '1.2.3.40.1', name: '外' };
    const out = await send(
      'PATCH',
      user(),
      patch({ op: 'replace', path: `${officialSchemaId}:unit`, value: unit }),
    );
    expect([out.status, out.headers.get('Hufu-Why'), out.headers.get('Hufu-About')]).toEqual([
      403,
      'outside-jurisdiction',
      'unit',
    ]);
    expect(world.events().at(-1)).toMatchObject({ outcome: 'refused', reason: 'outside-jurisdiction' });
    expect(now()).toEqual(ming);
  });

  test('those of others are not there', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await send(method, `/Users/${far.id}`)).status).toBe(404);
    }
    expect(world.directory.all()).toHaveLength(2);
  });
});

describe('groups', () => {
  test('are the roles that the client may give', async () => {
    const { body } = await send('GET', '/Groups');
    expect(body).toMatchObject({ totalResults: 2, Resources: [{ id: 'csm_user' }, { id: 'csm_admin' }] });
    expect((await send('GET', '/Groups/fms_user')).status).toBe(404);
    const { body: some } = await send('GET', `/Groups?filter=${encodeURIComponent('id eq "csm_admin"')}`);
    expect(some['totalResults']).toBe(1);
  });

  test('by members whom the filter names, within the subtree alone; by nothing else of members', async () => {
    await send(
      'PATCH',
      '/Groups/csm_user',
      patch({ op: 'add', path: 'members', value: [{ value: ming.id }] }),
    );
    const [, , third] = ids.map(known);
    const out = { agency: { ...agency, oid: oid('1.2.3.40') }, unit: { oid: oid('1.2.3.40.1'), name: '外' } };
    const grants = [{ role: 'csm_user' }];
    const away = await openPerson(world.directory, { nationalId: known(third), ...out, grants });
    const of = async (filter: string) => {
      const { status, body } = await send('GET', `/Groups?filter=${encodeURIComponent(filter)}`);
      const resources = (body['Resources'] ?? []) as { id: string }[];
      return status === 200 ? resources.map(({ id }) => id) : body['scimType'];
    };
    expect(await of(`members eq "${ming.id}"`)).toEqual(['csm_user']);
    expect(await of(`members[value eq "${ming.id}"]`)).toEqual(['csm_user']);
    expect(await of(`id eq "csm_admin" and members.value eq "${ming.id}"`)).toEqual([]);
    expect(await of(`not (members eq "${ming.id}")`)).toEqual(['csm_admin']);
    for (const nobody of [away.id, 'nobody']) expect(await of(`members eq "${nobody}"`)).toEqual([]);
    for (const other of ['members pr', 'members ne "x"', 'members.type eq "User"', 'members[value sw "x"]'])
      expect([other, await of(other)]).toEqual([other, 'invalidFilter']);
  });

  test('in the order that is asked for; what they have no order by is refused', async () => {
    const idsBy = async (query: string) => {
      const { body } = await send('GET', `/Groups?${query}`);
      return (body['Resources'] as { id: string }[]).map(({ id }) => id);
    };
    expect(await idsBy('sortBy=displayName')).toEqual(['csm_admin', 'csm_user']);
    expect(await idsBy('sortBy=DISPLAYNAME&sortOrder=descending')).toEqual(['csm_user', 'csm_admin']);
    expect(await idsBy('sortBy=id&count=1&startIndex=2')).toEqual(['csm_user']);
    for (const other of ['members', 'members.value', 'title', 'meta.created'])
      expect((await send('GET', `/Groups?sortBy=${other}`)).body['scimType']).toBe('invalidValue');
  });

  test('of both kinds, what orders users alone leaves groups as they are', async () => {
    const search = async (sortBy: string) => {
      const { body } = await send('POST', '/.search', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        sortBy,
      });
      return (body['Resources'] as { id: string }[]).map(({ id }) => id);
    };
    expect(await search('displayName')).toEqual([ming.id, 'csm_admin', 'csm_user']);
    expect(await search('meta.created')).toEqual([ming.id, 'csm_user', 'csm_admin']);
  });

  test('a PATCH that names attributes is answered with them', async () => {
    const add = patch({ op: 'add', path: 'members', value: [{ value: ming.id }] });
    const told = await send('PATCH', '/Groups/csm_user?attributes=members', add);
    expect([told.status, told.headers.get('Content-Type')]).toEqual([200, 'application/scim+json']);
    expect(told.body).toMatchObject({ id: 'csm_user', members: [{ value: ming.id }] });
    const without = await send('PATCH', '/Groups/csm_user?excludedAttributes=meta', add);
    expect([without.status, Object.keys(without.body)]).toEqual([200, ['schemas', 'id', 'displayName']]);
  });

  test('members are given and taken the role; the roles of others stay', async () => {
    const given = await send(
      'PATCH',
      '/Groups/csm_user',
      patch({ op: 'add', path: 'members', value: [{ value: ming.id }] }),
    );
    expect([given.status, now().grants]).toEqual([204, [{ role: 'fms_user' }, { role: 'csm_user' }]]);
    const shown = await send('GET', '/Groups/csm_user?attributes=members');
    expect(shown.body['members']).toMatchObject([{ value: ming.id, type: 'User' }]);
    expect((await send('GET', '/Groups/csm_user')).body).not.toHaveProperty('members');
    await send('PATCH', '/Groups/csm_user', patch({ op: 'remove', path: `members[value eq "${ming.id}"]` }));
    expect(now().grants).toEqual([{ role: 'fms_user' }]);
  });

  test('a replacement gives to the new and takes from the others', async () => {
    const [, , third] = ids.map(known);
    const lin = await openPerson(world.directory, {
      nationalId: known(third),
      grants: [{ role: 'csm_user' }],
    });
    await send(
      'PATCH',
      '/Groups/csm_user',
      patch({ op: 'replace', path: 'members', value: [{ value: ming.id }] }),
    );
    const grants = () => world.directory.all().map((account) => account.grants.map(({ role }) => role));
    expect(grants()).toEqual([['fms_user', 'csm_user'], [], []]);
    await send('PATCH', '/Groups/csm_user', patch({ op: 'remove', path: 'members' }));
    expect([grants()[0], lin.grants.length]).toEqual([['fms_user'], 1]);
  });

  test('a role outside the categories is refused and in the trail, for giving and for taking', async () => {
    for (const op of ['add', 'remove']) {
      const answer = await send(
        'PATCH',
        '/Groups/fms_user',
        patch({ op, path: 'members', value: [{ value: ming.id }] }),
      );
      expect([answer.status, answer.headers.get('Hufu-Why')]).toEqual([403, 'category-not-held']);
      expect(world.events().at(-1)).toMatchObject({ outcome: 'refused', reason: 'category-not-held' });
    }
    expect(now()).toEqual(ming);
  });

  test('somebody elsewhere, or a manager, spoils the whole request', async () => {
    const [, , third] = ids.map(known);
    const boss = await openPerson(world.directory, { nationalId: known(third), office: 'manager' });
    const members = (...accounts: Account[]) =>
      patch({ op: 'add', path: 'members', value: accounts.map(({ id }) => ({ value: id })) });
    expect((await send('PATCH', '/Groups/csm_user', members(ming, far))).status).toBe(400);
    const answer = await send('PATCH', '/Groups/csm_user', members(ming, boss));
    expect([answer.status, answer.headers.get('Hufu-Why'), now()]).toEqual([403, 'manager-not-below', ming]);
  });

  test('PUT names everybody who is to hold it; to name nobody is said, not left out', async () => {
    const put = (body: object) => send('PUT', '/Groups/csm_user?attributes=members', body);
    const given = await put({ displayName: '改名', members: [{ value: ming.id, display: '王' }] });
    expect([given.status, given.body['members']]).toMatchObject([200, [{ value: ming.id }]]);
    expect((await put({ displayName: 'csm_user' })).body['scimType']).toBe('invalidValue');
    expect(now().grants).toHaveLength(2);
    expect((await put({ members: [] })).status).toBe(200);
    expect(now().grants).toEqual([{ role: 'fms_user' }]);
  });

  test('its own name says nothing new, another one is refused', async () => {
    const name = (await send('GET', '/Groups/csm_user')).body['displayName'];
    const rename = (displayName: unknown) =>
      send('PATCH', '/Groups/csm_user', patch({ op: 'replace', value: { id: 'csm_user', displayName } }));
    expect((await rename(name)).status).toBe(204);
    expect((await rename('別名')).body['scimType']).toBe('mutability');
  });

  test('there are none to be made or deleted', async () => {
    expect((await send('POST', '/Groups', {})).status).toBe(405);
    expect((await send('DELETE', '/Groups/csm_user')).status).toBe(405);
  });
});

test('at the root users come first, then groups, counted through', async () => {
  const search = async (more: object) => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    return (await send('POST', '/.search', { schemas, attributes: ['displayName'], ...more })).body;
  };
  const ids = ({ Resources }: Record<string, unknown>) => (Resources as Account[]).map(({ id }) => id);
  const all = await search({});
  expect([all['totalResults'], ids(all)]).toEqual([3, [ming.id, 'csm_user', 'csm_admin']]);
  expect(ids(await search({ startIndex: 2, count: 1 }))).toEqual(['csm_user']);
  expect(ids(await search({ startIndex: 3 }))).toEqual(['csm_admin']);
  expect(await search({ count: 0 })).toMatchObject({ totalResults: 3, itemsPerPage: 0 });
  expect(ids(await search({ filter: 'displayName eq "王小明"' }))).toEqual([ming.id]);
  expect(ids(await search({ filter: 'meta.resourceType eq "Group"' }))).toEqual(['csm_user', 'csm_admin']);
  expect((await search({ cursor: '' }))['scimType']).toBe('invalidValue');
});

test('an error has what the standard names and nothing else; the rule is told by headers', async () => {
  const { body, headers } = await send('POST', '/Users', {
    ...newcomer,
    [officialSchemaId]: { ...newcomer[officialSchemaId], unit: { oid: '1.2.3.40.1' } },
  });
  expect(body).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '403',
    detail: expect.stringContaining('(outside-jurisdiction unit)'),
  });
  expect([headers.get('Hufu-Code'), headers.get('Hufu-Why')]).toEqual([
    'not-permitted',
    'outside-jurisdiction',
  ]);
});

describe('what provisioning systems send to everybody', () => {
  test('is left out where no account has it, not kept and not refused', async () => {
    const { status, body } = await send('POST', '/Users', {
      ...newcomer,
      schemas: [...newcomer.schemas, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
      externalId: '00u1',
      locale: 'zh-TW',
      name: { formatted: '林大同', familyName: '林', givenName: '大同' },
      emails: [
        { value: 'lin@example.test', type: 'work', primary: true },
        { value: 'home@example.test', type: 'home', primary: false },
      ],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: '一科' },
    });
    expect([status, body['name'], body['emails']]).toEqual([
      201,
      { formatted: '林大同' },
      [{ value: 'lin@example.test', type: 'work', primary: true }],
    ]);
    expect(body).not.toHaveProperty('externalId');
    const { status: patched } = await send(
      'PATCH',
      user(),
      patch(
        { op: 'Add', path: 'externalId', value: '00u1' },
        { op: 'Replace', path: 'name.givenName', value: '大明' },
        {
          op: 'add',
          path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
          value: '二科',
        },
      ),
    );
    expect([patched, now()]).toEqual([200, ming]);
  });

  test('a password is refused, and what is in no schema at all', async () => {
    for (const more of [{ password: 'Secret-7' }, { favouriteColour: 'red' }])
      expect((await send('POST', '/Users', { ...newcomer, ...more })).body['scimType']).toBe('invalidSyntax');
  });

  test('of two addresses of the office the primary one counts; without one neither does', async () => {
    const emails = (primary: boolean) => [
      { value: 'a@example.test', type: 'work', primary: false },
      { value: 'b@example.test', type: 'work', primary },
    ];
    expect((await send('POST', '/Users', { ...newcomer, emails: emails(false) })).status).toBe(400);
    const { body } = await send('POST', '/Users', { ...newcomer, emails: emails(true) });
    expect(body['emails']).toMatchObject([{ value: 'b@example.test' }]);
  });

  test('one who never logged in is disabled and let in again, to begin as at first', async () => {
    const { body } = await send('POST', '/Users', { ...newcomer, active: false });
    expect(body['active']).toBe(false);
    const on = await send(
      'PATCH',
      `/Users/${String(body['id'])}`,
      patch({ op: 'replace', path: 'active', value: 'True' }),
    );
    expect(on.body).toMatchObject({ active: true, [officialSchemaId]: { status: 'not-opened' } });
  });
});

test('a registration may have form and reason for changes that name none; half of them is not none', async () => {
  const standing = { form: 'HR-7', reason: '人事同步' };
  world.programs.set('sync', { ...hr, clientId: 'sync', warrant: standing });
  const change = (token: string, headers: Record<string, string>) =>
    world.send('PATCH', `/scim/v2${user()}`, {
      token,
      headers,
      body: patch({ op: 'add', path: 'title', value: `科長${Math.random()}` }),
    });
  expect((await change('sync', {})).status).toBe(200);
  const { form } = world.events().findLast(({ action }) => action === 'account.modify') ?? {};
  expect(form).toBe('HR-7');
  expect((await change('sync', warrant)).status).toBe(200);
  expect(world.events().findLast(({ action }) => action === 'account.modify')?.form).toBe('F-9');
  expect((await change('sync', { 'Hufu-Form': 'F-9' })).status).toBe(400);
  expect((await change('hr', {})).status).toBe(400);
  // By the other interface every change names its own.
  const rest = await world.send('PATCH', `/api/v1/accounts/${ming.id}`, {
    token: 'sync',
    headers: { 'If-Match': `"${now().revision}"` },
    body: { change: { name: '王大明' } },
  });
  expect(rest.status).toBe(400);
});

test('a scope that the token lacks', async () => {
  world.programs.set('reader', { ...hr, clientId: 'reader', scopes: ['accounts.read'] });
  for (const [method, path, body] of [
    ['POST', '/Users', newcomer],
    ['PATCH', user(), patch({ op: 'replace', path: 'title', value: 'x' })],
    ['DELETE', user(), undefined],
    ['PATCH', '/Groups/csm_user', patch({ op: 'add', path: 'members', value: [{ value: ming.id }] })],
  ] as const) {
    const answer = await world.send(method, `/scim/v2${path}`, {
      token: 'reader',
      headers: warrant,
      ...(body && { body }),
    });
    expect([answer.status, answer.headers.get('Hufu-Why')]).toEqual([403, 'scope-missing']);
  }
  expect(now()).toEqual(ming);
});
