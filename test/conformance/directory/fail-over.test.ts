/** Two servers in order: who answers when the first is gone, hangs, or is back. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LdapDirectory, LdapDirectoryOptions } from '#adapters/directory/ldap-directory.ts';
import { slapdAvailable, startSlapd, type Slapd } from '#test/support/slapd.ts';
import { createDirectoryWorld, newAccount, oid, system, type DirectoryWorld } from './directory-world.ts';

const where = oid('2.16.886.101.7');
const unavailable = { code: 'directory-unavailable' };

describe.skipIf(!slapdAvailable())('two servers', () => {
  let first: Slapd;
  let second: Slapd;
  let world: DirectoryWorld;
  let directory: LdapDirectory;
  let seen = 0;

  beforeAll(async () => {
    [first, second] = await Promise.all([startSlapd(), startSlapd()]);
    world = await createDirectoryWorld({ ...first, connect: { socketPath: first.socketPath }, url: '' });
    for (const [name, { socketPath }] of Object.entries({ first, second })) {
      const one = world.connect({ servers: [{ socketPath }] });
      await one.prepareTree();
      await one.organizations.putOrganization(system, { oid: where, name });
      await one.close();
    }
  });
  afterEach(async () => {
    for (const server of [first, second]) server.resume();
    await directory.close();
  });
  afterAll(async () => {
    await world.close();
    await Promise.all([first.close(), second.close()]);
  });

  function connect(options: Partial<LdapDirectoryOptions> = {}) {
    seen = world.log.lines.length;
    const servers = [{ socketPath: first.socketPath }, { socketPath: second.socketPath }];
    directory = world.connect({ servers, timeoutMs: 1_000, ...options });
  }
  /** Which server answers a read. */
  const asked = async () => (await directory.organizations.findOrganization(system, where))?.name;
  /** Which server has taken a write. */
  const written = async () => {
    const wanted = newAccount();
    await directory.accounts.openAccount(system, wanted);
    const one = world.connect({ servers: [{ socketPath: first.socketPath }], timeoutMs: 300 });
    const onFirst = await one.accounts.findAccount(system, wanted.id).catch(() => undefined);
    await one.close();
    return onFirst ? 'first' : 'second';
  };
  const events = () => world.log.lines.slice(seen).map(({ event }) => event);
  const isBack = () => vi.waitFor(() => expect(events()).toContain('directory.server-back'));

  it('are asked in order: the first serves', async () => {
    connect();
    expect([await asked(), await written()]).toEqual(['first', 'first']);
  });

  it('stand in for each other, for reads, binds and writes, and the first is taken back', async () => {
    connect();
    await Promise.all([asked(), asked(), asked()]);
    await first.kill();
    expect(await Promise.all([asked(), asked(), asked()])).toEqual(['second', 'second', 'second']);
    expect(await written()).toBe('second');
    expect(await directory.passwords.checkPassword(undefined, 'x')).toBe(false);

    await first.restart();
    await world.clock.advance(5_000);
    // The request that finds the first due does not wait for it.
    expect(await asked()).toBe('second');
    await isBack();
    expect([await asked(), await written()]).toEqual(['first', 'first']);
  });

  it('cost nobody an error where one hangs, but for the writes that were under way', async () => {
    connect();
    await asked();
    await first.pause();
    expect(await asked()).toBe('second');
    expect(await asked()).toBe('second');
    const wanted = newAccount();
    await directory.accounts.openAccount(system, wanted);
    expect((await directory.accounts.findAccount(system, wanted.id))?.id).toBe(wanted.id);
    expect(await directory.passwords.checkPassword(undefined, 'x')).toBe(false);
    first.resume();
    await world.clock.advance(5_000);
    await asked();
    await isBack();
    expect(await asked()).toBe('first');
  });

  it('leave a write that a hung server took undecided, and the next one goes to the other', async () => {
    connect({ timeoutMs: 300 });
    await asked();
    await first.pause();
    const change = directory.organizations.putOrganization(system, { oid: where, name: 'first' });
    await expect(change).rejects.toMatchObject({ ...unavailable, facts: { reason: 'no-answer' } });
    await directory.accounts.openAccount(system, newAccount());
  });

  it('keep nobody waiting longer than the time limit when both hang', async () => {
    const timeoutMs = 400;
    connect({ timeoutMs });
    await asked();
    await first.pause();
    await second.pause();
    const start = performance.now();
    const calls = [asked(), written(), directory.passwords.checkPassword(undefined, 'x')];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ status: 'rejected', reason: unavailable });
    }
    // Asked one after another for the whole limit each, they would take twice as long.
    expect(performance.now() - start).toBeLessThan(1.8 * timeoutMs);
  });

  it('are both tried again once both were gone', async () => {
    connect();
    await asked();
    await Promise.all([first.kill(), second.kill()]);
    await expect(asked()).rejects.toMatchObject(unavailable);
    await second.restart();
    await world.clock.advance(5_000);
    expect(await asked()).toBe('second');
    await first.restart();
    await world.clock.advance(5_000);
    await asked();
    await isBack();
    await vi.waitFor(async () => expect(await asked()).toBe('first'));
  });

  it('are not mixed up by an answer that is a refusal', async () => {
    connect();
    const missing = directory.accounts.modifyAccount(system, newAccount().id, 1, { name: 'x' });
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
    expect(events()).not.toContain('directory.server-lost');
  });
});
