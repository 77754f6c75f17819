import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startRegistryWorld,
  statusesFor,
  type Posted,
  type RegistryWorld,
} from '../../support/hub/registry-visits.ts';
import { authorizationRequest, signingIn, type SigningIn } from '../../support/hub/signing-in.ts';
import { callbackUri } from '../../support/hub/hub-world.ts';

let world: RegistryWorld;
let officer: SigningIn;

beforeAll(async () => {
  world = await startRegistryWorld();
  officer = world.at['programme-officer'];
});
afterAll(() => world.close());

const base = '/registry/relying-parties';
type Field = readonly [string, string];

/** The form as the browser sends it. */
const fields = (changes: Readonly<Record<string, string>> = {}): Field[] => {
  const typed = {
    name: '新業務系統',
    nameEn: 'New system',
    leastRequirement: '',
    firstParty: 'yes',
    application_type: 'web',
    redirect_uris: `${callbackUri}\n`,
    post_logout_redirect_uris: '',
    backchannel_logout_uri: '',
    token_endpoint_auth_method: 'client_secret_basic',
    jwks: '',
    jwks_uri: '',
    id_token_signed_response_alg: '',
    allowedOrigins: '',
    sector: '',
    ...changes,
  };
  return [
    ...Object.entries(typed),
    ['systems', 'csm'],
    ...['openid', 'profile', 'roles'].map((scope): Field => ['scopes', scope]),
  ];
};

const token = async () => (await officer.open(`${base}/new`)).csrf;
const send = async (path: string, more: readonly Field[]) =>
  world.postForm(officer, path, [['csrf', await token()], ...more]);
const add = (clientId: string, changes = {}) =>
  send(`${base}/new`, [['client_id', clientId], ...fields(changes)]);
const secretIn = ({ html }: Posted) => /id="secret-value"[^>]*><code>([^<]+)</.exec(html)?.[1] ?? '';
const revisionOf = async (clientId: string) =>
  (await world.hub.services.stores.records.relyingParties.findRelyingParty(clientId))?.revision ?? 0;
const act = async (clientId: string, deed: string, more: readonly Field[] = []) =>
  send(`${base}/${clientId}/${deed}`, [['revision', String(await revisionOf(clientId))], ...more]);

interface LoggedIn {
  readonly status: number;
  readonly code: string | undefined;
  readonly access_token?: string;
  readonly id_token?: string;
}

/** What the token endpoint answers to a login of `who` at the client, with that secret. */
async function logIn(
  who: SigningIn,
  clientId: string,
  secret: string,
  scope = 'openid profile roles',
): Promise<LoggedIn> {
  const request = authorizationRequest(world, clientId, { scope });
  const shown = await who.open(request.url);
  const code = shown.leads?.searchParams.get('code') ?? undefined;
  if (code === undefined) return { status: shown.status, code };
  const answer = await fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${clientId}:${encodeURIComponent(secret)}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: callbackUri,
      code_verifier: request.verifier,
    }),
  });
  const body = (await answer.json()) as { access_token?: string; id_token?: string };
  return { status: answer.status, code, ...body };
}

test('a relying party is added, logs people in at once, and its secret is shown that once', async () => {
  const added = await add('new-system');
  expect(added.status).toBe(200);
  const secret = secretIn(added);
  expect(secret).toHaveLength(64);
  for (const words of ['OIDC_CLIENT_ID&#x3D;new-system', '/.well-known/openid-configuration', '新業務系統'])
    expect(added.html).toContain(words);
  const login = await logIn(world.at.general, 'new-system', secret);
  expect(login.status).toBe(200);
  const claims = JSON.parse(
    Buffer.from(login.id_token?.split('.')[1] ?? '', 'base64url').toString(),
  ) as object;
  expect(claims).toMatchObject({ aud: 'new-system', roles: ['csm_user_nocert'] });
  expect((await officer.open(`${base}/new-system`)).html).not.toContain(secret);
  expect((await officer.open(base)).html).toContain('new-system');
  const [done, intent] = await world.audited('relying-party.add');
  expect(intent).toContain(callbackUri);
  expect(`${done}${intent}`).not.toContain(secret);
});

test('the national ID goes to whom a programme officer has ticked it for, with a warning, and each time is audited', async () => {
  const { html } = await officer.open(`${base}/new`);
  expect(html).toMatch(/data-field="nationalId"[^]*?警告：/);
  const asked = async (clientId: string, secret: string) => {
    const { access_token: access } = await logIn(world.at.general, clientId, secret, 'openid national_id');
    const answer = await fetch(new URL('/oidc/userinfo', world.origin), {
      headers: { Authorization: `Bearer ${access}` },
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const added = await add('lawful', { nationalId: 'yes' });
  expect(added.html).toContain('這個系統可取得登入者的身分證字號');
  const [, intent] = await world.audited('relying-party.add');
  expect(intent).toContain('national_id');
  expect(await asked('lawful', secretIn(added))).toHaveProperty('national_id');
  expect(await world.audited('national-id.release')).toHaveLength(1);
  const plain = await add('plain');
  expect(plain.html).not.toContain('身分證字號');
  expect(
    (await logIn(world.at.general, 'plain', secretIn(plain), 'openid national_id')).code,
  ).toBeUndefined();
  const open = await add('open', { nationalId: 'yes', token_endpoint_auth_method: 'none' });
  expect(open.status).toBe(422);
  expect(open.html).toContain('須能證明自己的身分');
  expect(await world.audited('national-id.release')).toHaveLength(1);
});

test('a secret is replaced with both good for a while, or with the old one ended', async () => {
  const first = secretIn(await add('rotating'));
  const second = secretIn(await act('rotating', 'secret', [['days', '7']]));
  expect((await logIn(world.at.general, 'rotating', first)).status).toBe(200);
  expect((await logIn(world.at.general, 'rotating', second)).status).toBe(200);
  const third = secretIn(await act('rotating', 'secret', [['days', '0']]));
  expect((await logIn(world.at.general, 'rotating', second)).status).toBe(401);
  expect((await logIn(world.at.general, 'rotating', third)).status).toBe(200);
});

test('disabling ends logins and tokens at once, and enabling brings no old token back', async () => {
  const secret = secretIn(await add('pausing'));
  const { access_token: access = '' } = await logIn(world.at.general, 'pausing', secret);
  const userinfo = () =>
    fetch(new URL('/oidc/userinfo', world.origin), { headers: { Authorization: `Bearer ${access}` } });
  expect((await userinfo()).status).toBe(200);
  const question = await officer.open(`${base}/pausing/disable`);
  expect(question.html).toContain('停用這個依賴方？');
  expect((await act('pausing', 'disable')).html).toContain('已停用');
  expect((await userinfo()).status).toBe(401);
  expect(await logIn(world.at.general, 'pausing', secret)).toMatchObject({ status: 400, code: undefined });
  expect((await act('pausing', 'enable')).status).toBe(200);
  expect((await userinfo()).status).toBe(401);
  expect((await logIn(world.at.general, 'pausing', secret)).status).toBe(200);
  expect(await world.audited('relying-party.disable')).toHaveLength(2);
});

test('a change counts at once, is refused to whoever saw an older state, and is audited by field', async () => {
  await add('moving');
  const form = await officer.open(`${base}/moving/change`);
  expect(form.html).toContain('name="revision" value="1"');
  const changed = await send(`${base}/moving/change`, [['revision', '1'], ...fields({ name: '改名系統' })]);
  expect(changed.status).toBe(200);
  expect(changed.html).toContain('改名系統');
  const late = await send(`${base}/moving/change`, [['revision', '1'], ...fields({ name: '舊內容' })]);
  expect(late.status).toBe(409);
  expect(late.html).toContain('舊內容');
  expect((await officer.open(`${base}/moving`)).html).toContain('改名系統');
  const entries = await world.audited('relying-party.change');
  expect(entries.at(-1)).toContain('"after.name":"改名系統"');
});

test('removing asks first, then there is nothing left', async () => {
  await add('leaving');
  expect((await officer.open(`${base}/leaving/remove`)).html).toContain('刪除這個依賴方？');
  const removed = await act('leaving', 'remove');
  expect(removed).toMatchObject({ status: 303, location: `${base}?done=removed` });
  expect((await officer.open(`${base}/leaving`)).status).toBe(404);
  expect((await logIn(world.at.general, 'leaving', 'x')).status).toBe(400);
});

describe('what is typed', () => {
  test.each<[string, Record<string, string>, string]>([
    ['plain http', { redirect_uris: 'http://new.example/cb' }, 'redirect_uris'],
    ['a script', { redirect_uris: 'javascript:alert(1)' }, 'redirect_uris'],
    ['no address', { redirect_uris: ' ' }, 'redirect_uris'],
    ['keys that are no JSON', { jwks: '{', token_endpoint_auth_method: 'private_key_jwt' }, 'jwks'],
    ['no name', { name: '' }, 'name'],
  ])('is refused beside its field: %s', async (_, changes, field) => {
    const answer = await add('faulty', changes);
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(new RegExp(`data-field="${field}"[^]*?aria-invalid="true"`));
    expect(await revisionOf('faulty')).toBe(0);
  });

  test('is judged while it is typed, by the same rules, and nothing is done', async () => {
    const csrf = await token();
    const typed: Field[] = [['csrf', csrf], ['client_id', 'csm'], ...fields({ redirect_uris: 'x' })];
    const body = new URLSearchParams(typed.map(([name, value]): [string, string] => [name, value]));
    const answer = await officer.browser.fetch(new URL(`${base}/check`, world.origin), {
      method: 'POST',
      body,
      headers: { Origin: world.origin, Accept: 'application/json' },
    });
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(['redirect_uris']);
  });

  test.each(['csm', 'hufu-home', 'new', 'dynamic-x', 'new-system'])('%s is taken', async (clientId) => {
    expect((await add(clientId)).status).toBe(422);
  });

  test('is text and nothing else on every page', async () => {
    const evil = `<script>alert(1)</script>"'{{x}}`;
    const added = await add('evil', { name: evil });
    expect(added.status).toBe(200);
    for (const html of [
      added.html,
      (await officer.open(base)).html,
      (await officer.open(`${base}/evil/change`)).html,
      (await officer.open(`${base}/evil/remove`)).html,
    ]) {
      expect(html).not.toContain('<script>alert');
      expect(html).toContain('&lt;script&gt;alert(1)');
    }
  });
});

test('those of the configuration are shown and cannot be changed', async () => {
  const shown = await officer.open(`${base}/csm`);
  expect(shown.status).toBe(200);
  expect(shown.html).toContain('設定檔');
  expect(shown.html).not.toContain('/csm/change');
  for (const deed of ['change', 'disable', 'remove', 'secret'])
    expect((await officer.open(`${base}/csm/${deed}`)).status, deed).toBe(404);
});

test('a foreign token, a field too many and a deed that is none change nothing', async () => {
  await add('guarded');
  const good: Field[] = [['revision', '1']];
  const post = (more: readonly Field[]) => world.postForm(officer, `${base}/guarded/disable`, more);
  expect((await post([['csrf', 'foreign'], ...good])).status).toBe(400);
  expect((await post([['csrf', await token()], ...good, ['enabled', '1']])).status).toBe(400);
  expect((await send(`${base}/guarded/change`, [...good, ...fields(), ['client_secret', 'x']])).status).toBe(
    400,
  );
  expect((await act('guarded', 'promote')).status).toBe(404);
  expect((await act('guarded', 'secret', [['days', '3650']])).status).toBe(400);
  expect(await revisionOf('guarded')).toBe(1);
});

test('for managers, general users and strangers none of it exists', async () => {
  await add('hidden');
  const paths = [
    base,
    `${base}/new`,
    `${base}/check`,
    `${base}/hidden`,
    `${base}/hidden/change`,
    `${base}/hidden/remove`,
  ];
  for (const who of [world.at.manager, world.at.general]) {
    expect(new Set(await statusesFor(world, who, paths))).toEqual(new Set([404]));
  }
  expect((await signingIn(world).open(base)).status).toBe(404);
  expect((await world.at.manager.open('/registry')).html).not.toContain('relying-parties');
  expect(await revisionOf('hidden')).toBe(1);
});

test('a program registered here keeps accounts by the API until it is disabled', async () => {
  const rights: readonly Field[] = [
    ['apiScopes', 'accounts.read'],
    ['apiScopeOid', '2.16.886.101'],
    ['apiCategories', 'csm'],
  ];
  const added = await send(`${base}/new`, [['client_id', 'personnel'], ...fields(), ...rights]);
  const basic = `Basic ${btoa(`personnel:${secretIn(added)}`)}`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'accounts.read' });
  const issued = await fetch(new URL('/oidc/token', world.origin), {
    method: 'POST',
    headers: { Authorization: basic },
    body,
  });
  const { access_token: value } = (await issued.json()) as { access_token?: string };
  const list = async () =>
    (
      await fetch(new URL('/api/v1/accounts', world.origin), {
        headers: { Authorization: `Bearer ${value}` },
      })
    ).status;
  expect([issued.status, await list()]).toEqual([200, 200]);
  await act('personnel', 'disable');
  expect(await list()).toBe(401);
});
