/**
 * One of the hub's files on a full disk: whatever would have been written fails whole, with words, and works again
 * when there is room. Needs root, to mount a disk of a few megabytes.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startHubWorld, type HubWorld } from '#test/support/hub/hub-world.ts';
import { noteCanary } from '#test/support/hub/canaries.ts';
import {
  authorizationRequest,
  requestCode,
  signingIn,
  solveCaptcha,
  submitPassword,
  type Shown,
  type SigningIn,
} from '#test/support/hub/signing-in.ts';
import { accountNow, issueCode } from '#test/support/hub/people.ts';
import { auditedFacts } from '#test/support/processes/installation.ts';
import { expectNoInternals } from '#test/support/processes/internals.ts';
import { mountSmallDisk, smallDiskAvailable, type SmallDisk } from '#test/support/processes/small-disk.ts';

const password = 'Correct-horse-7-battery';
const newPassword = 'Another-horse-8-battery';
const recovery = { timeout: 15_000, interval: 50 };
const available = smallDiskAvailable();
if (!available) process.stderr.write('a full disk is not tried: only root may mount one\n');

interface Part {
  readonly file: string;
  /** Its name in /health/ready. */
  readonly check: string;
}

describe.skipIf(!available).each<Part>([
  { file: 'protocol.sqlite', check: 'protocolStore' },
  { file: 'records.sqlite', check: 'records' },
  { file: 'directory.sqlite', check: 'directory' },
])('$file on a full disk', ({ file, check }) => {
  let disk: SmallDisk;
  let world: HubWorld;

  beforeEach(async () => {
    disk = mountSmallDisk();
    world = await startHubWorld((folder: string) => {
      mkdirSync(path.join(folder, 'data'), { mode: 0o700 });
      disk.host(path.join(folder, 'data', file));
      return {};
    });
  });
  afterEach(async () => {
    await world.close();
    disk.remove();
    rmSync(world.folder, { recursive: true, force: true });
  });

  function expectRefused(shown: Shown): void {
    expect(shown.status).toBe(503);
    expect(shown.html).toMatch(/<h1[^>]*>/);
    expectNoInternals(shown.html);
  }

  const hasSession = (at: SigningIn) =>
    [...at.browser.cookies.keys()].some((name) => name.includes('session'));

  test('a login fails whole, and works when there is room', async () => {
    const person = await world.activePerson({ n: 31, roles: ['csm_user_nocert'] }, password);
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const code = await issueCode(world.hub.services, person, form);
    const typed = { account: person.nationalId, password, code };
    const altcha = await solveCaptcha(at, form);
    disk.fill();
    const before = (await world.mailbox.mailsTo(person.email)).length;
    const fields = { csrf: form.csrf, ...typed, code: '', altcha };
    // A full directory can still be read: the code is mailed and the login itself is what fails.
    if (check !== 'directory') expectRefused(await at.post(form.url, { ...fields, action: 'send-code' }));
    const { sequence } = await world.hub.services.stores.records.audit.head();
    expectRefused(await submitPassword(at, form, typed));
    const attempts = (await auditedFacts(world.hub.services, sequence)).map(({ outcome }) => outcome);
    // With the records themselves full nothing can be audited, and so nothing was done.
    expect(attempts).toEqual(check === 'records' ? [] : ['failed']);
    expect(hasSession(at)).toBe(false);
    expect((await fetch(new URL('/health/ready', world.origin))).status).toBe(
      check === 'directory' ? 200 : 503,
    );
    expect((await world.mailbox.mailsTo(person.email)).length).toBe(before);

    disk.free();
    await expect
      .poll(async () => (await fetch(new URL('/health/ready', world.origin))).status, recovery)
      .toBe(200);
    const entered = await submitPassword(at, form, {
      ...typed,
      code: await issueCode(world.hub.services, person, form),
    });
    expect(entered.leads?.searchParams.get('code')).toBeTruthy();
  });

  test('an activation fails whole, and works when there is room', async () => {
    const person = await world.openPerson({ n: 32, roles: ['csm_user_nocert'] });
    const at = signingIn(world);
    const form = await at.open(authorizationRequest(world, 'csm').url);
    const code = await requestCode(world, at, form, person, person.openingPassword);
    const typed = { account: person.nationalId, password: person.openingPassword, code };
    const rules = await submitPassword(at, form, typed);
    const change = await at.post(rules.url, { csrf: rules.csrf, version: '2026-1', agree: 'yes' });
    const fields = { csrf: change.csrf, new_password: newPassword, new_password_again: newPassword };
    noteCanary(newPassword);
    disk.fill();
    const seen = await accountNow(world.hub.services, person);
    expectRefused(await at.post(change.url, fields));
    expect(await accountNow(world.hub.services, person)).toEqual(seen);

    disk.free();
    const done = await at.post(change.url, fields);
    expect(done.html).toContain('帳號已開通');
    const account = await accountNow(world.hub.services, person);
    expect(await world.hub.services.directory.passwords.checkPassword(account, newPassword)).toBe(true);
  });
});
