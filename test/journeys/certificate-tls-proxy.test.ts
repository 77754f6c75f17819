/** 憑證登入 with the certificate shown to a proxy, which hands it on in a header: heeded from the proxy alone, in one spelling, once. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Issued } from '#demo/pki/authority.ts';
import { openCardDesk, type CardDesk } from '../support/hub/card-desk.ts';
import { startHubWorld, type HubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, redeemCode, signingIn } from '../support/hub/signing-in.ts';
import { openTlsDoor, takeTicket } from '../support/hub/tls-door.ts';
import { readTrailFromNow } from '../support/hub/trail-reader.ts';
import { claimsOf } from '../support/provider/sample-client.ts';

const origin = 'https://card.sso.example.org';
const password = 'Correct-horse-7-battery';
/** Where the proxy is, and where somebody is who is none. */
const [proxy, stranger] = ['127.0.0.1', '127.0.0.2'];

let world: HubWorld;
let desk: CardDesk;
let next = 500;

beforeAll(async () => {
  desk = await openCardDesk();
  world = await startHubWorld((folder) => ({
    ...desk.config(folder),
    proxies: [proxy],
    clientCertificates: { header: 'client-cert' },
    login: { answerMilliseconds: 0, captcha: { cost: 1 }, certificate: { mutualTls: { origin } } },
  }));
});
afterAll(async () => {
  await world.close();
  await desk.close();
});

async function atTlsDoor() {
  const person = await world.activePerson({ n: next++, roles: ['csm_user'] }, password);
  const card = desk.issue(person);
  await desk.bind(world, person, card);
  const at = signingIn(world);
  const asked = authorizationRequest(world, 'csm');
  const door = await openTlsDoor(at, await at.open(asked.url));
  return { person, card, at, asked, door };
}

/** What reaches the hub when somebody at `from` sends this under the proxy's host. */
function arriving(
  target: URL,
  headers: readonly [string, string][],
  { from = proxy, host = target.host } = {},
): Promise<{ status: number; location?: URL }> {
  const { hostname, port } = new URL(world.origin);
  return new Promise((resolve, reject) => {
    const options = {
      host: hostname === 'localhost' ? '127.0.0.1' : hostname,
      port,
      path: `${target.pathname}${target.search}`,
      localAddress: from,
      agent: false,
      headers: ['Host', host, ...headers.flat()],
    };
    const sent = request(options, (answer) => {
      answer.resume();
      const { location } = answer.headers;
      const status = answer.statusCode ?? 0;
      resolve(location === undefined ? { status } : { status, location: new URL(location) });
    });
    sent.on('error', reject);
    sent.end();
  });
}

const pemOf = (card: Issued) => encodeURIComponent(card.pem);
const derOf = (card: Issued) => `:${card.certificate.toString('base64')}:`;
const codeOn = (html: string) => /error-code">([^<]*)</.exec(html)?.[1];

test.each([
  ['RFC 9440', derOf],
  ['URL-encoded PEM', pemOf],
])('a certificate in the header of the proxy (%s) logs in; the trail says who saw it', async (_, value) => {
  const trail = await readTrailFromNow(world);
  const { person, card, at, asked, door } = await atTlsDoor();
  const { location } = await arriving(await takeTicket(at, door), [['Client-Cert', value(card)]]);
  const tokens = await redeemCode(world, asked, await at.open(location ?? ''));
  expect(claimsOf(tokens.id_token)).toMatchObject({ sub: person.account.id, amr: ['pop'] });
  const attempt = (await trail.entries()).find(({ action }) => action === 'login.attempt');
  expect(attempt).toMatchObject({ outcome: 'done', evidence: { shownTo: 'proxy' } });
});

describe('a header that nobody may trust shows no certificate', () => {
  const cases: [string, (card: Issued) => [string, string][], string?][] = [
    ['from a stranger', (card) => [['Client-Cert', pemOf(card)]], stranger],
    ['from a stranger, in lower case', (card) => [['client-cert', derOf(card)]], stranger],
    [
      'from a stranger who says that a proxy sent it',
      (card) => [
        ['X-Forwarded-For', '127.0.0.1'],
        ['Client-Cert', pemOf(card)],
      ],
      stranger,
    ],
    ['with _ for -', (card) => [['Client_Cert', pemOf(card)]]],
    ['of another name', (card) => [['X-SSL-Cert', pemOf(card)]]],
    [
      'twice',
      (card) => [
        ['Client-Cert', pemOf(card)],
        ['client-cert', pemOf(card)],
      ],
    ],
    ['malformed', () => [['Client-Cert', 'not a certificate']]],
    ['of two certificates', (card) => [['Client-Cert', encodeURIComponent(`${card.pem}${card.pem}`)]]],
    ['none', () => []],
  ];
  test.each(cases)('%s', async (_, headers, from = proxy) => {
    const { card, at, door } = await atTlsDoor();
    const { location } = await arriving(await takeTicket(at, door), headers(card), { from });
    const answer = await at.open(location ?? '');
    expect(answer.status).toBe(422);
    expect(codeOn(answer.html)).toContain('C42');
  });
});

test('the proxy’s header counts under the host that asks for certificates alone, and at its one path', async () => {
  const { card, at, door } = await atTlsDoor();
  const ticket = await takeTicket(at, door);
  const header: [string, string][] = [['Client-Cert', pemOf(card)]];
  const main = new URL(world.origin).host;
  expect((await arriving(ticket, header, { host: main })).status).toBe(400);
  expect((await arriving(new URL('/', origin), header)).status).toBe(421);
  expect((await arriving(new URL(door.url.pathname, origin), header)).status).toBe(421);
  expect((await arriving(ticket, header)).location?.searchParams.has('proof')).toBe(true);
});
