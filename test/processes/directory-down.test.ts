/** The directory dies and comes back: pages say so in the person's language, and the hub recovers by itself. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startHubWorld, type HubWorld, type Person } from '#test/support/hub/hub-world.ts';
import {
  authorizationRequest,
  basic,
  redeemCode,
  requestCode,
  signingIn,
  submitPassword,
  tokenRequest,
  type Shown,
  type SigningIn,
  type Tokens,
} from '#test/support/hub/signing-in.ts';
import { issueCode, openPerson } from '#test/support/hub/people.ts';
import { createInstallation } from '#test/support/processes/installation.ts';
import { expectNoInternals } from '#test/support/processes/internals.ts';
import { startServeProcess } from '#test/support/processes/serve-process.ts';
import { slapdAvailable, startSlapd, type Slapd } from '#test/support/slapd.ts';

const password = 'Correct-horse-7-battery';
const recovery = { timeout: 15_000, interval: 50 };

/** `directory` of a configuration that uses `slapd`; its password lies in a file of `folder`. */
function directoryOn(slapd: Slapd, folder: string): object {
  const file = path.join(folder, 'directory-password');
  writeFileSync(file, slapd.servicePassword, { mode: 0o600 });
  const { url, baseDn, serviceDn: bindDn } = slapd;
  return { directory: { kind: 'ldap', url, baseDn, bindDn, bindPassword: { file }, timeoutMs: 2000 } };
}

async function readiness(origin: string): Promise<{ status: number; checks: Record<string, string> }> {
  const response = await fetch(new URL('/health/ready', origin));
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
}

describe.skipIf(!slapdAvailable())('with slapd', () => {
  let slapd: Slapd;
  let folder: string;
  let world: HubWorld;
  let person: Person;

  beforeAll(async () => {
    slapd = await startSlapd({ tcp: true });
    folder = mkdtempSync(path.join(tmpdir(), 'hufu-down-'));
    world = await startHubWorld(directoryOn(slapd, folder));
    person = await world.activePerson({ n: 21, roles: ['csm_user_nocert', 'fms_nocert'] }, password);
  });
  afterAll(async () => {
    await world.close();
    await slapd.close();
    rmSync(folder, { recursive: true });
  });

  /** Somebody with a session and tokens, and somebody in the middle of the form. */
  async function begin(): Promise<{ at: SigningIn; tokens: Tokens; other: SigningIn; form: Shown }> {
    const at = signingIn(world);
    const request = authorizationRequest(world, 'csm');
    const page = await at.open(request.url);
    const code = await requestCode(world, at, page, person, password);
    const entered = await submitPassword(at, page, { account: person.nationalId, password, code });
    const tokens = await redeemCode(world, request, entered);
    const other = signingIn(world);
    const form = await other.open(authorizationRequest(world, 'csm').url);
    return { at, tokens, other, form };
  }

  async function expectDown(shown: Pick<Shown, 'status' | 'html'>, words: string): Promise<void> {
    expect(shown.status).toBe(503);
    expect(shown.html.includes(words)).toBe(true);
    expectNoInternals(shown.html);
  }

  test('everything says that the directory is down, and works again when it is back', async () => {
    const { at, tokens, other, form } = await begin();
    await slapd.kill();

    await expect
      .poll(() => readiness(world.origin), recovery)
      .toEqual({ status: 503, checks: { directory: 'unavailable', protocolStore: 'ok', records: 'ok' } });
    // What a page shows is asked of the directory once in two seconds at most.
    await expect.poll(async () => (await other.open(form.url)).status, recovery).toBe(503);
    await expectDown(await other.open(form.url), '帳號目錄暫時無法使用');
    const typed = { account: person.nationalId, password, code: '12345678' };
    await expectDown(await submitPassword(other, form, typed), '帳號目錄暫時無法使用');
    await other.open(`${form.url.pathname}?lang=en`);
    const english = await submitPassword(other, form, typed);
    await expectDown(english, 'The account directory is out of reach');
    expect(english.html).toContain('lang="en"');
    expect(english.html).toContain(person.nationalId);
    await expectDown(await at.open('/'), '<html');
    const silent = authorizationRequest(world, 'fms', { prompt: 'none' });
    const authorization = await at.open(silent.url);
    expect(authorization.leads?.search ?? authorization.status).toBe(503);
    for (const response of await programsAsk(tokens)) {
      expect(response.status).toBe(503);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({
        error: expect.stringMatching(/^(server_error|temporarily_unavailable)$/),
      });
      expectNoInternals(text);
    }
    expect((await fetch(new URL('/health/live', world.origin))).status).toBe(200);

    await slapd.restart();
    await expect.poll(async () => (await readiness(world.origin)).status, recovery).toBe(200);
    await expect.poll(async () => (await at.open('/')).status, recovery).toBe(200);
    for (const response of await programsAsk(tokens)) expect(response.status).toBe(200);
    await expect.poll(async () => (await other.open(form.url)).status, recovery).toBe(200);
    const code = await issueCode(world.hub.services, person, form);
    const entered = await submitPassword(other, form, { ...typed, code });
    expect(entered.leads?.searchParams.get('code')).toBeTruthy();
  });

  /** Userinfo, introspection and refresh: the token that a failed refresh presented must be good afterwards. */
  async function programsAsk({ access_token, refresh_token = '' }: Tokens): Promise<readonly Response[]> {
    const headers = { Accept: 'application/json' };
    return [
      await fetch(new URL('/oidc/userinfo', world.origin), {
        headers: { ...headers, Authorization: `Bearer ${access_token}` },
      }),
      await fetch(new URL('/oidc/introspection', world.origin), {
        method: 'POST',
        headers: { ...headers, Authorization: `Basic ${basic('csm')}` },
        body: new URLSearchParams({ token: access_token }),
      }),
      await tokenRequest(world, 'csm', { grant_type: 'refresh_token', refresh_token }),
    ];
  }

  test('a hub started while the directory is down comes up, and prepares it as soon as it answers', async () => {
    const late = await startSlapd({ tcp: true });
    const own = mkdtempSync(path.join(tmpdir(), 'hufu-late-'));
    const installation = await createInstallation(1, directoryOn(late, own));
    onTestFinished(async () => {
      await late.close();
      installation.remove();
      rmSync(own, { recursive: true });
    });
    await late.kill();
    const hub = await startServeProcess(installation.configFiles[0] ?? '');
    onTestFinished(async () => void (await hub.stop()));
    expect((await readiness(installation.origin)).checks).toMatchObject({ directory: 'unavailable' });
    const at = signingIn(installation);
    const down = await at.open(authorizationRequest(installation, 'csm').url);
    await expectDown(down, '帳號目錄暫時無法使用');

    await late.restart();
    await expect.poll(async () => (await readiness(installation.origin)).status, recovery).toBe(200);
    const services = await installation.openServices();
    try {
      // The catalogue is there without anything else having been done to the hub.
      await expect
        .poll(async () => (await services.directory.catalogue.readCatalogue()).systems.length, recovery)
        .toBeGreaterThan(0);
      const newcomer = await openPerson(services, { n: 22 });
      expect(newcomer.account.status).toBe('not-opened');
    } finally {
      await services.close();
    }
    await expect.poll(async () => (await at.open(down.url)).status, recovery).toBe(200);
  });
});
