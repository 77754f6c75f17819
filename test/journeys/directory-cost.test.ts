/** What a login costs the directory, counted at the hub, on each kind of directory. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { hubLogFile } from '../support/hub/canaries.ts';
import { startHubWorld } from '../support/hub/hub-world.ts';
import { authorizationRequest, requestCode, signingIn, submitPassword } from '../support/hub/signing-in.ts';
import { slapdAvailable, startSlapd } from '../support/slapd.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Line {
  readonly msg: string;
  readonly operation?: string;
  readonly route?: string;
}

function logLines(): Line[] {
  return readFileSync(hubLogFile(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Requests that asked the directory, with what they asked; a request's own line is its last. */
function costs(lines: readonly Line[]): string[] {
  const requests: string[] = [];
  let operations: string[] = [];
  for (const { msg, operation, route } of lines) {
    if (msg === 'directory.operation' && operation) operations.push(operation);
    if (msg !== 'request') continue;
    if (operations.length > 0) requests.push([route, ...operations].join(' '));
    operations = [];
  }
  return requests;
}

async function expectCost(more: (folder: string) => object): Promise<void> {
  const world = await startHubWorld(more);
  closing.push(() => world.close());
  const password = 'Directory-Cost-1';
  const person = await world.activePerson({ n: 8101, roles: ['csm_user'] }, password);
  const at = signingIn(world);
  const form = await at.open(authorizationRequest(world, 'csm').url);
  const code = await requestCode(world, at, form, person, password);
  // The catalogue is remembered for ten seconds; it is not the login's.
  await world.hub.services.directory.catalogue.readCatalogue();
  const before = logLines().length;
  await submitPassword(at, form, { account: person.nationalId, password, code });
  // The two requests that the browser is led on to read the account anew: it may have been disabled in between.
  await expect
    .poll(() => costs(logLines().slice(before)))
    .toEqual([
      '/interaction/:uid/one-day-password search bind modify',
      expect.stringMatching(/^\S+ search$/),
      expect.stringMatching(/^\S+ search$/),
    ]);
}

test('a login by password is one search, one bind and one modify on the embedded directory', () =>
  expectCost(() => ({})));

test.skipIf(!slapdAvailable())(
  'a login by password is one search, one bind and one modify on slapd',
  async () => {
    const slapd = await startSlapd({ tcp: true });
    closing.push(() => slapd.close());
    await expectCost((folder) => {
      const file = path.join(folder, 'ldap-password');
      writeFileSync(file, slapd.servicePassword, { mode: 0o600 });
      const { url, baseDn, serviceDn } = slapd;
      return { directory: { kind: 'ldap', url, baseDn, bindDn: serviceDn, bindPassword: { file } } };
    });
  },
);
