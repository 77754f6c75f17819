/** A weaker session entering what needs a certificate: asked for it, and on it goes. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { Catalogue } from '#domain/catalogue.ts';
import type { HttpBrowser } from '#test/support/http-browser.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { openProviderWorld, type ProviderWorld } from '#test/support/provider/provider-world.ts';
import { sampleCatalogue } from '#test/support/provider/sample-catalogue.ts';
import { claimsOf, createSampleClient, type SampleClient } from '#test/support/provider/sample-client.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const account = sampleAccount({
  grants: ['csm_user_nocert', 'psm_bob_6k', 'fms_user', 'fms_nocert'].map((role) => ({ role })),
});
const other = sampleAccount({ id: sampleId('c'), grants: [{ role: 'psm_bob_6k' }, { role: 'fms_nocert' }] });
const clients = ['csm', 'fms', 'pre'] as const;

let world: ProviderWorld;
let csm: SampleClient;
let fms: SampleClient;
let pre: SampleClient;

beforeAll(async () => {
  world = await openProviderWorld({
    accounts: [account, other],
    relyingParties: clients.map((id) => sampleRelyingParty(id)),
  });
  [csm, fms, pre] = clients.map((id) => createSampleClient(world, id)) as [
    SampleClient,
    SampleClient,
    SampleClient,
  ];
});
afterAll(() => world.close());
beforeEach(() => logInAs(2));

function logInAs(level: AssuranceLevel, who = account): void {
  world.nextLogin = { accountId: who.id, level };
}

/** The prompt that a request meets when nobody answers it. */
async function promptOf(client: SampleClient, browser: HttpBrowser, parameters = {}) {
  world.nextLogin = undefined;
  const { response } = await client.authorize(browser, parameters);
  return ((await response.json()) as { prompt: { name: string; reasons: string[]; details: object } }).prompt;
}

async function sessionOf(browser: HttpBrowser) {
  return (await (await browser.fetch('/home')).json()) as { uid: string; accountId: string; level: number };
}

describe('a system that needs a certificate', () => {
  test('asks a weaker session for a login at level 3, with the reason', async () => {
    const { browser } = await csm.logIn();
    expect(await promptOf(pre, browser)).toMatchObject({
      name: 'login',
      reasons: ['certificate_required'],
      details: { reason: 'certificate-required', least: 3 },
    });
  });

  test('the person goes on where they were going; session and tokens are of the new login', async () => {
    const { browser, id_token: before } = await csm.logIn();
    const weak = await sessionOf(browser);
    expect(claimsOf(before)['acr']).toBe('urn:hufu:loa:2');
    logInAs(3);
    const tokens = await pre.logIn(browser);
    const claims = claimsOf(tokens.id_token);
    expect(claims).toMatchObject({ acr: 'urn:hufu:loa:3', amr: ['sc', 'pin', 'mfa'], roles: ['psm_bob_6k'] });
    expect(Number(claims['auth_time'])).toBeGreaterThanOrEqual(Number(claimsOf(before)['auth_time']));
    expect(await sessionOf(browser)).toMatchObject({ accountId: account.id, level: 3, uid: weak.uid });
  });

  test('nothing of less is given afterwards, whatever is asked for', async () => {
    const { browser } = await csm.logIn();
    logInAs(3);
    await pre.logIn(browser);
    world.nextLogin = undefined;
    for (const parameters of [{}, { acr_values: 'urn:hufu:loa:2' }, essential('urn:hufu:loa:2')]) {
      const tokens = await fms.logIn(browser, parameters);
      expect(claimsOf(tokens.id_token)).toMatchObject({
        acr: 'urn:hufu:loa:3',
        roles: ['fms_nocert', 'fms_user'],
      });
    }
  });

  test('asks somebody not logged in at all in two steps, if the first login is too weak', async () => {
    logInAs(2);
    const { response } = await pre.authorize();
    // The login handler answered both prompts at level 2: the second time it was asked for more.
    expect(await response.json()).toMatchObject({
      prompt: { name: 'admission', details: { reason: 'certificate-required' } },
    });
  });

  test('answers prompt=none with login_required', async () => {
    const { browser } = await csm.logIn();
    const { answer } = await pre.authorize(browser, { prompt: 'none' });
    expect(answer?.get('error')).toBe('login_required');
  });

  test('is entered without one by a holder of its role for days without a card', async () => {
    const { browser } = await csm.logIn();
    world.nextLogin = undefined;
    const tokens = await fms.logIn(browser);
    expect(claimsOf(tokens.id_token)).toMatchObject({ acr: 'urn:hufu:loa:2', roles: ['fms_nocert'] });
  });
});

describe('another person answers', () => {
  test('the session that was open ends, and theirs is a new one: nothing of the two is mixed', async () => {
    const { browser } = await csm.logIn();
    const first = await sessionOf(browser);
    logInAs(3, other);
    const tokens = await pre.logIn(browser);
    expect(claimsOf(tokens.id_token)).toMatchObject({ sub: other.id, acr: 'urn:hufu:loa:3' });
    const now = await sessionOf(browser);
    expect(now).toMatchObject({ accountId: other.id, level: 3 });
    expect(now.uid).not.toBe(first.uid);
    expect(world.register.sessions.get(first.uid)?.ending).toBe('replaced');
    // What the first person could reach without a card is not reached with the second one's session.
    world.nextLogin = undefined;
    expect((await promptOf(csm, browser)).name).toBe('admission');
  });
});

describe('what a request asks for', () => {
  test('an essential acr can be met by nothing weaker', async () => {
    const { browser } = await csm.logIn();
    expect(await promptOf(csm, browser, essential('urn:hufu:loa:3'))).toMatchObject({
      name: 'login',
      reasons: ['essential_acr'],
      details: { least: 3 },
    });
  });

  test('acr_values wish for it', async () => {
    const { browser } = await csm.logIn();
    const prompt = await promptOf(csm, browser, { acr_values: 'urn:hufu:loa:3' });
    // A weaker login would tell nothing that the session does not tell already.
    expect(prompt).toMatchObject({
      name: 'login',
      reasons: ['wished_acr'],
      details: { wished: 3, least: 3 },
    });
  });

  test('somebody who is not logged in may come in with less than is wished', async () => {
    const prompt = await promptOf(csm, world.newBrowser(), { acr_values: 'urn:hufu:loa:3' });
    expect(prompt.details).toMatchObject({ wished: 3 });
    expect(prompt.details).not.toHaveProperty('least');
  });

  test('a session at level 3 that is to be renewed at it does not come out with less', async () => {
    logInAs(3);
    const { browser } = await pre.logIn();
    const prompt = await promptOf(csm, browser, { prompt: 'login', acr_values: 'urn:hufu:loa:3' });
    expect(prompt).toMatchObject({ reasons: ['login_prompt'], details: { least: 3 } });
  });
});

describe('where nobody can log in with a certificate', () => {
  let weaker: ProviderWorld;
  beforeAll(async () => {
    weaker = await openProviderWorld({
      accounts: [account],
      relyingParties: [sampleRelyingParty('pre')],
      provider: { strongestLevel: 2 },
    });
  });
  afterAll(() => weaker.close());

  test('the person is told so, rather than asked in vain', async () => {
    weaker.nextLogin = { accountId: account.id, level: 2 };
    const { response, browser } = await createSampleClient(weaker, 'pre').authorize();
    expect(await response.json()).toMatchObject({
      prompt: { name: 'admission', details: { reason: 'certificate-required' } },
    });
    const { answer } = await createSampleClient(weaker, 'pre').authorize(browser, { prompt: 'none' });
    expect(answer?.get('error')).toBe('access_denied');
  });
});

test('a role for days without a card lets in where the system itself needs one; other roles of it do not count', async () => {
  const psc: Catalogue = {
    categories: [
      {
        id: 'pcsc',
        name: '商品標示',
        roles: [
          {
            code: 'pcsc_user',
            category: 'pcsc',
            name: 'u',
            requires: 'second-factor',
            withoutCertificate: false,
          },
          {
            code: 'pcsc_nocert',
            category: 'pcsc',
            name: 'n',
            requires: 'second-factor',
            withoutCertificate: true,
          },
        ],
      },
    ],
    systems: [
      {
        id: 'pcsc',
        name: 'PCSC',
        admitsCategories: ['pcsc'],
        admitsRoles: [],
        leastRequirement: 'certificate',
      },
    ],
  };
  const holder = sampleAccount({ grants: [{ role: 'pcsc_user' }, { role: 'pcsc_nocert' }] });
  const without = sampleAccount({ id: sampleId('d'), grants: [{ role: 'pcsc_user' }] });
  const shop = await openProviderWorld({
    accounts: [holder, without],
    relyingParties: [sampleRelyingParty('pcsc')],
    catalogue: { ...sampleCatalogue, ...psc },
  });
  try {
    const client = createSampleClient(shop, 'pcsc');
    shop.nextLogin = { accountId: holder.id, level: 2 };
    expect(claimsOf((await client.logIn()).id_token)['roles']).toEqual(['pcsc_nocert']);
    shop.nextLogin = { accountId: without.id, level: 2 };
    const { response } = await client.authorize();
    expect(await response.json()).toMatchObject({ prompt: { details: { reason: 'certificate-required' } } });
    shop.nextLogin = { accountId: without.id, level: 3 };
    expect(claimsOf((await client.logIn()).id_token)['roles']).toEqual(['pcsc_user']);
  } finally {
    await shop.close();
  }
});

function essential(value: string) {
  return { claims: JSON.stringify({ id_token: { acr: { essential: true, value } } }) };
}
