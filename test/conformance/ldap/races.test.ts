/** Simultaneous writes: of those that exclude one another exactly one succeeds, whichever process they come through. */
import { Attribute, Change, type Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { attempt, createClient, search, type Outcome } from './attempt.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { account } from './operation.ts';

interface Server {
  readonly socketPaths: readonly string[];
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  close(): Promise<void>;
}

const contenders = 20;

function describeRaces(start: () => Promise<Server>): void {
  let server: Server;
  const clients: Client[] = [];
  let base = '';

  beforeAll(async () => {
    server = await start();
    base = `ou=accounts,${server.baseDn}`;
    for (let index = 0; index < contenders; index += 1) {
      const client = createClient(server.socketPaths[index % server.socketPaths.length] ?? '');
      await client.bind(server.serviceDn, server.servicePassword);
      clients.push(client);
    }
    await clients[0]?.add(base, { objectClass: 'organizationalUnit', ou: 'accounts' });
  }, 30_000);

  afterAll(async () => {
    await Promise.all(clients.map((client) => client.unbind()));
    await server?.close();
  });

  const all = (operation: (client: Client, index: number) => Promise<unknown>): Promise<Outcome[]> =>
    Promise.all(clients.map((client, index) => attempt(() => operation(client, index))));
  const codes = (outcomes: readonly Outcome[]) => Object.groupBy(outcomes, ({ code }) => String(code));
  const change = (operation: 'add' | 'delete', type: string, value: string) =>
    new Change({ operation, modification: new Attribute({ type, values: [value] }) });

  test('20 simultaneous adds of one unique value: one wins', async () => {
    const outcomes = await all((client, index) =>
      client.add(`uid=u${index},${base}`, account(`u${index}`, { hufuNationalIdKey: 'key.contested' })),
    );
    expect(codes(outcomes)['0']).toHaveLength(1);
    expect(codes(outcomes)['19']).toHaveLength(contenders - 1);
    const client = clients[0] ?? createClient('');
    const found = await search(client, base, { filter: '(hufuNationalIdKey=key.contested)' });
    expect(found.entries).toHaveLength(1);
  });

  test('20 simultaneous adds of one name: one wins', async () => {
    const outcomes = await all((client, index) =>
      client.add(`uid=same,${base}`, account('same', { hufuNationalIdKey: `key.same.${index}` })),
    );
    expect(codes(outcomes)['0']).toHaveLength(1);
    expect(codes(outcomes)['68']).toHaveLength(contenders - 1);
  });

  test('20 simultaneous changes of one revision: one wins', async () => {
    const dn = `uid=revised,${base}`;
    await clients[0]?.add(dn, account('revised'));
    const outcomes = await all((client, index) =>
      client.modify(dn, [
        change('delete', 'hufuRevision', '1'),
        change('add', 'hufuRevision', '2'),
        change('add', 'hufuGrant', `role_${index}`),
      ]),
    );
    expect(codes(outcomes)['0']).toHaveLength(1);
    expect(codes(outcomes)['16']).toHaveLength(contenders - 1);
    const client = clients[0] ?? createClient('');
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ['hufuGrant'] });
    expect(searchEntries[0]?.['hufuGrant']).toBe(`role_${outcomes.findIndex(({ code }) => code === 0)}`);
  });

  test('20 entries claiming one unique value by a change: one wins', async () => {
    await all((client, index) => client.add(`uid=v${index},${base}`, account(`v${index}`)));
    const outcomes = await all((client, index) =>
      client.modify(`uid=v${index},${base}`, change('add', 'hufuCertificateKey', 'certificate.contested')),
    );
    expect(codes(outcomes)['0']).toHaveLength(1);
    expect(codes(outcomes)['19']).toHaveLength(contenders - 1);
  });

  test('20 simultaneous removals of one entry: one wins', async () => {
    await clients[0]?.add(`uid=going,${base}`, account('going'));
    const outcomes = await all((client) => client.del(`uid=going,${base}`));
    expect(codes(outcomes)['0']).toHaveLength(1);
    expect(codes(outcomes)['32']).toHaveLength(contenders - 1);
  });

  test('20 simultaneous additions of values to one entry: all stand', async () => {
    const dn = `uid=gathering,${base}`;
    await clients[0]?.add(dn, account('gathering'));
    const outcomes = await all((client, index) =>
      client.modify(dn, change('add', 'hufuGrant', `role_${index}`)),
    );
    expect(codes(outcomes)['0']).toHaveLength(contenders);
    const client = clients[1] ?? createClient('');
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ['hufuGrant'] });
    expect(searchEntries[0]?.['hufuGrant']).toHaveLength(contenders);
  });
}

describe('races on one embedded server', () => describeRaces(() => startEmbeddedServer()));

describe('races on two embedded servers over one file', () =>
  describeRaces(() => startEmbeddedServer({ processes: 2 })));

describe.skipIf(!slapdAvailable())('races on slapd', () =>
  describeRaces(async () => {
    const slapd = await startSlapd();
    return { ...slapd, socketPaths: [slapd.socketPath] };
  }),
);
