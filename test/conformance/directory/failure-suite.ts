import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DirectoryAddress } from '#adapters/directory/open-socket.ts';
import type { LdapDirectory } from '#adapters/directory/ldap-directory.ts';
import {
  createDirectoryWorld,
  newAccount,
  newNationalId,
  system,
  type DirectoryWorld,
} from './directory-world.ts';
import type { StartDirectoryServer } from './directory-suite.ts';

const unavailable = { code: 'directory-unavailable' };

/** Every port answers `directory-unavailable`, in whatever way the directory fails. */
async function expectUnavailable(directory: LdapDirectory): Promise<void> {
  const account = newAccount();
  const calls: (() => Promise<unknown>)[] = [
    () => directory.accounts.findAccount(system, account.id),
    () => directory.accounts.findAccountByNationalId(system, newNationalId()),
    () => directory.accounts.openAccount(system, account),
    () => directory.organizations.findOrganization(system, account.agency.oid),
    () => directory.organizations.putOrganization(system, { oid: account.agency.oid, name: 'x' }),
    () => directory.catalogue.readCatalogue(),
    () => directory.catalogue.loadCatalogue(system, { categories: [], systems: [] }),
    () => directory.health.checkDirectory(),
  ];
  const results = await Promise.allSettled(calls.map((call) => call()));
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: unavailable });
  }
}

export function describeFailures(start: StartDirectoryServer, encrypted: boolean): void {
  describe('a server that dies', () => {
    let world: DirectoryWorld;
    beforeAll(async () => {
      world = await createDirectoryWorld(await start());
      await world.directory.prepareTree();
    });
    afterAll(async () => {
      await world.close();
      await world.server.close();
    });

    it('is noticed, and used again by itself when it is back, with everything acknowledged', async () => {
      const { directory, server, clock } = world;
      const wanted = newAccount();
      await directory.accounts.openAccount(system, wanted);
      await directory.health.checkDirectory();
      await server.kill();
      await expectUnavailable(directory);
      await expect(directory.passwords.checkPassword(undefined, 'x')).rejects.toMatchObject(unavailable);
      await server.restart();
      await clock.advance(2_000);
      expect((await directory.accounts.findAccount(system, wanted.id))?.id).toBe(wanted.id);
      await directory.health.checkDirectory();
      expect(await directory.passwords.checkPassword(undefined, 'x')).toBe(false);
    });

    it('costs nobody an error when it was restarted between two reads', async () => {
      const { directory, server } = world;
      const wanted = newAccount();
      await directory.accounts.openAccount(system, wanted);
      await Promise.all(Array.from({ length: 8 }, () => directory.health.checkDirectory()));
      await server.kill();
      await server.restart();
      const reads = Array.from({ length: 20 }, () => directory.accounts.findAccount(system, wanted.id));
      for (const account of await Promise.all(reads)) expect(account?.id).toBe(wanted.id);
    });

    const readable = encrypted ? [] : ['plain'];
    it.each(readable)(
      'that cuts a %s connection under a request costs a read nothing, and leaves a write undecided',
      async () => {
        const { directory, server } = world;
        const wanted = newAccount();
        await directory.accounts.openAccount(system, wanted);
        const cutter = await startCutter(server.connect);
        const own = world.connect({ servers: [cutter.connect] });
        await own.health.checkDirectory();
        cutter.cutNext();
        expect((await own.accounts.findAccount(system, wanted.id))?.id).toBe(wanted.id);
        cutter.cutNext();
        const change = own.accounts.modifyAccount(system, wanted.id, 1, { name: 'x' });
        await expect(change).rejects.toMatchObject(unavailable);
        cutter.cutNext(2);
        await expect(own.accounts.findAccount(system, wanted.id)).rejects.toMatchObject(unavailable);
        await Promise.all(Array.from({ length: 4 }, () => own.health.checkDirectory()));
        cutter.cutOpen();
        expect((await own.accounts.findAccount(system, wanted.id))?.id).toBe(wanted.id);
        await own.close();
        await cutter.close();
      },
    );

    it('is not asked by every request while it is down', async () => {
      const { server, clock, log } = world;
      const own = world.connect();
      await server.kill();
      const tries = () => log.lines.filter(({ event }) => event === 'directory.unreachable').length;
      const before = tries();
      for (let request = 0; request < 20; request += 1) {
        await expect(own.health.checkDirectory()).rejects.toMatchObject(unavailable);
      }
      expect(tries() - before).toBe(1);
      await clock.advance(2_000);
      await expect(own.health.checkDirectory()).rejects.toMatchObject(unavailable);
      expect(tries() - before).toBe(2);
      await own.close();
      await server.restart();
      await clock.advance(2_000);
    });

    it('refuses a wrong service password, which is a fault of ours and not of a person', async () => {
      const own = world.connect({ bindPassword: 'wrong' });
      await expect(own.health.checkDirectory()).rejects.toMatchObject(unavailable);
      expect(world.log.lines.at(-1)).toMatchObject({ event: 'directory.operation' });
      expect(world.log.lines.some(({ event }) => event === 'directory.identity-refused')).toBe(true);
      await own.close();
    });

    it('refuses everything once closed', async () => {
      const own = world.connect();
      await own.health.checkDirectory();
      await own.close();
      await expectUnavailable(own);
    });
  });

  describe('a tree that is missing', () => {
    it('is a directory that cannot serve, not one without accounts', async () => {
      const world = await createDirectoryWorld(await start());
      try {
        await expectUnavailable(world.directory);
      } finally {
        await world.close();
        await world.server.close();
      }
    });
  });
}

/** A relay to `target` that, when told, cuts the connection as soon as the client sends something. */
async function startCutter(target: DirectoryAddress) {
  let cuts = 0;
  const open = new Set<Socket>();
  const dead = new Set<Socket>();
  const relay = createServer((client) => {
    const server = 'url' in target ? connect(Number(new URL(target.url).port)) : connect(target.socketPath);
    open.add(client);
    const destroy = () => {
      open.delete(client);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', destroy).on('close', destroy);
    server.pipe(client);
    client.on('data', (data) => {
      // A new connection binds first: only what follows is cut.
      if (dead.has(client)) destroy();
      else if (cuts > 0 && !isBind(data)) {
        cuts -= 1;
        destroy();
      } else server.write(data);
    });
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const { port } = relay.address() as AddressInfo;
  return {
    connect: { url: `ldap://127.0.0.1:${port}` },
    cutNext(times = 1) {
      cuts = times;
    },
    /** Cuts each connection that is open now once something is sent on it, as a firewall that forgot it would. */
    cutOpen() {
      for (const client of open) dead.add(client);
    },
    close: () => new Promise((resolve) => relay.close(resolve)),
  };
}

/** Sequence, message id, then application tag 0 (RFC 4511 §4.2); good for the short messages sent here. */
function isBind(message: Buffer): boolean {
  const idLength = message[3] ?? 0;
  return message[4 + idLength] === 0x60;
}

/** Needs no directory: a server that takes connections and never answers. */
export function describeSilence(): void {
  describe('a server that never answers', () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.resume();
    });
    beforeAll(() => once(silent.listen(0, '127.0.0.1'), 'listening'));
    afterEach(() => {
      for (const socket of sockets) socket.destroy();
    });
    afterAll(() => silent.close());

    it('is given up within the time limit, waiting for a free connection included', async () => {
      const { port } = silent.address() as AddressInfo;
      const world = await createDirectoryWorld({
        connect: { url: `ldap://127.0.0.1:${port}` },
        url: '',
        baseDn: 'dc=hufu,dc=test',
        serviceDn: 'cn=hufu,dc=hufu,dc=test',
        servicePassword: 'x',
        dataFolder: '',
        kill: async () => {},
        restart: async () => {},
        close: async () => {},
      });
      const impatient = world.connect({ poolSize: 1, timeoutMs: 30 });
      await expectUnavailable(impatient);
      await expect(impatient.passwords.checkPassword(undefined, 'x')).rejects.toMatchObject(unavailable);
      await Promise.all([impatient.close(), world.close()]);
    });
  });
}
