/** OpenLDAP's own tools, as an operator uses them, on both servers, over ldapi and over TCP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { ldapi, runTool, toolsAvailable, type Ran } from './tools.ts';

interface Server {
  readonly urls: readonly string[];
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  close(): Promise<void>;
}

function describeTools(start: () => Promise<Server>): void {
  let server: Server;
  const run = (tool: string, url: string, args: readonly string[], input = ''): Promise<Ran> =>
    runTool(tool, url, { dn: server.serviceDn, password: server.servicePassword }, args, { input });
  const urls = () => server.urls;

  beforeAll(async () => {
    server = await start();
  }, 30_000);
  afterAll(() => server?.close());

  test('ldapadd, ldapmodify, ldapsearch, ldapcompare and ldapdelete do their work', async () => {
    for (const [index, url] of urls().entries()) {
      const branch = `ou=tools${index},${server.baseDn}`;
      const people = Array.from({ length: 120 }, (_, number) =>
        [
          `dn: cn=範例 ${number},${branch}`,
          'objectClass: inetOrgPerson',
          `cn: 範例 ${number}`,
          'sn: 範例',
          '',
        ].join('\n'),
      );
      const head = `dn: ${branch}\nobjectClass: organizationalUnit\nou: tools${index}\n\n`;
      expect((await run('ldapadd', url, [], head + people.join('\n'))).status).toBe(0);
      expect((await run('ldapadd', url, [], head)).status).toBe(68);

      const paged = await run('ldapsearch', url, [
        '-LLL',
        '-E',
        'pr=50/noprompt',
        '-b',
        branch,
        '(sn=範例)',
        '1.1',
      ]);
      expect(paged.output.match(/^dn/gm)).toHaveLength(120);
      const limited = await run('ldapsearch', url, ['-LLL', '-z', '7', '-b', branch, '(sn=範例)', '1.1']);
      expect(limited.status).toBe(4);
      expect(limited.output.match(/^dn/gm)).toHaveLength(7);

      const change = `dn: cn=範例 7,${branch}\nchangetype: modify\nreplace: title\ntitle: 科長\n-\nadd: mail\nmail: seven@example.test\n`;
      expect((await run('ldapmodify', url, [], change)).status).toBe(0);
      const found = await run('ldapsearch', url, [
        '-LLL',
        '-b',
        branch,
        '(&(title=科*)(mail=*@EXAMPLE.test))',
        'mail',
      ]);
      expect(found.output).toContain('mail: seven@example.test');
      expect((await run('ldapcompare', url, [`cn=範例 7,${branch}`, 'title:科長'])).status).toBe(6);
      expect((await run('ldapcompare', url, [`cn=範例 7,${branch}`, 'title:局長'])).status).toBe(5);
      expect((await run('ldapwhoami', url, [])).output.trim()).toBe(`dn:${server.serviceDn}`);

      expect((await run('ldapdelete', url, [branch])).status).toBe(66);
      expect((await run('ldapdelete', url, [`cn=範例 7,${branch}`])).status).toBe(0);
      expect((await run('ldapdelete', url, [`cn=範例 7,${branch}`])).status).toBe(32);
    }
  });

  test('a critical control that is unknown is refused, an uncritical one passed over', async () => {
    const [url = ''] = urls();
    const args = ['-LLL', '-b', server.baseDn, '-s', 'base', '1.1'];
    expect((await run('ldapsearch', url, ['-E', '!1.2.3.4.5=:eA==', ...args])).status).toBe(12);
    expect((await run('ldapsearch', url, ['-E', '1.2.3.4.5=:eA==', ...args])).status).toBe(0);
  });
}

describe.skipIf(!toolsAvailable())('command line tools', () => {
  describe('on the embedded directory', () =>
    describeTools(async () => {
      const server = await startEmbeddedServer({ tcp: true });
      return { ...server, urls: [ldapi(server.socketPath), `ldap://127.0.0.1:${server.port}`] };
    }));

  describe.skipIf(!slapdAvailable())('on slapd', () =>
    describeTools(async () => {
      const slapd = await startSlapd({ tcp: true });
      return { ...slapd, urls: [ldapi(slapd.socketPath), slapd.url ?? ''] };
    }),
  );
});
