/** Size and time limits, cookies over a restart, and the schema as a client reads it. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ResultCodeError } from 'ldapts';
import { createBerReader } from '#adapters/embedded-directory/protocol/ber-reader.ts';
import { berElement, berInteger, berOctets } from '#adapters/embedded-directory/protocol/ber-writer.ts';
import { pagedResultsOid } from '#adapters/embedded-directory/search/paging.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { createClient, search } from './attempt.ts';
import { baseDn, managerDn, managerPassword, startInProcess, type InProcess } from './in-process.ts';

const people = `ou=people,${baseDn}`;
const readerDn = `cn=reader,${baseDn}`;

function readAnswers(bytes: Buffer) {
  const answers = createBerReader(bytes);
  const names: string[] = [];
  let code = -1;
  let cookie: Buffer = Buffer.alloc(0);
  while (answers.peekTag() !== undefined) {
    const answer = answers.readNested();
    answer.readInteger();
    if (answer.peekTag() === 0x64) names.push(answer.readNested(0x64).readText());
    if (answer.peekTag() !== 0x65) continue;
    code = answer.readNested(0x65).readInteger(0x0a);
    if (answer.peekTag() !== 0xa0) continue;
    const control = answer.readNested(0xa0).readNested();
    control.readText();
    const value = createBerReader(control.readOctets()).readNested();
    value.readInteger();
    cookie = value.readOctets();
  }
  return { code, names, cookie };
}

describe('limits of the embedded directory', () => {
  const clock = createSetClock();
  /** Seconds that pass each time the server looks at its clock. */
  let step = 0;
  let server: InProcess;

  beforeAll(async () => {
    server = await startInProcess({
      identities: [{ dn: readerDn, password: 'p', access: 'read' }],
      limits: { sizeLimit: 150, timeLimit: 30 },
      clock: {
        ...clock,
        now() {
          clock.set(new Date(clock.now().getTime() + step * 1000));
          return clock.now();
        },
      },
    });
    const manager = createClient(server.socketPath);
    await manager.bind(managerDn, managerPassword);
    await manager.add(people, { objectClass: 'organizationalUnit', ou: 'people' });
    for (let index = 0; index < 200; index += 1)
      await manager.add(`cn=p${index},${people}`, { objectClass: 'person', cn: `p${index}`, sn: 'x' });
    expect((await search(manager, people, { filter: '(sn=x)' })).entries).toHaveLength(200);
    await manager.unbind();
  });
  afterAll(async () => {
    await server.close();
  });

  interface Asked {
    readonly sizeLimit?: number;
    readonly timeLimit?: number;
    readonly page?: { readonly size: number; readonly cookie: Buffer };
  }

  /** One search on a connection of its own, byte by byte: ldapts keeps codes of limits and cookies to itself. */
  const ask = async ({ sizeLimit = 0, timeLimit = 0, page }: Asked) => {
    const socket = connect({ path: server.socketPath });
    const bind = berElement(0x60, berInteger(3), berOctets(readerDn), berOctets('p', 0x80));
    const request = berElement(
      0x63,
      berOctets(people),
      berInteger(2, 0x0a),
      berInteger(0, 0x0a),
      berInteger(sizeLimit),
      berInteger(timeLimit),
      Buffer.from([1, 1, 0]),
      berElement(0xa3, berOctets('sn'), berOctets('x')),
      berElement(0x30, berOctets('1.1')),
    );
    const value = page && berElement(0x30, berInteger(page.size), berOctets(page.cookie));
    const paging = value && berElement(0x30, berOctets(pagedResultsOid), berOctets(value));
    socket.write(berElement(0x30, berInteger(1), bind));
    socket.write(berElement(0x30, berInteger(2), request, ...(paging ? [berElement(0xa0, paging)] : [])));
    socket.write(berElement(0x30, berInteger(3), Buffer.from([0x42, 0])));
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    return readAnswers(Buffer.concat(parts));
  };
  const codeOf = async (asked: Asked): Promise<[number, number]> => {
    const { code, names } = await ask(asked);
    return [code, names.length];
  };

  test('the size limit of the request is honoured, and ours where it asks for more or for none', async () => {
    expect(await codeOf({ sizeLimit: 7 })).toEqual([4, 7]);
    expect(await codeOf({})).toEqual([4, 150]);
    expect(await codeOf({ sizeLimit: 1000 })).toEqual([4, 150]);
  });

  test('the time limit of the request is honoured, and ours where it asks for more or for none', async () => {
    step = 2;
    expect((await codeOf({ timeLimit: 1 }))[0]).toBe(3);
    expect((await codeOf({ timeLimit: 20 }))[0]).toBe(4);
    step = 31;
    expect((await codeOf({}))[0]).toBe(3);
    expect((await codeOf({ timeLimit: 1000 }))[0]).toBe(3);
    step = 0;
  });

  test('a cookie is good after a restart', async () => {
    const seen: string[] = [];
    let cookie: Buffer = Buffer.alloc(0);
    do {
      const answer = await ask({ page: { size: 60, cookie } });
      expect(answer.code).toBe(0);
      seen.push(...answer.names);
      cookie = answer.cookie;
      await server.restart();
    } while (cookie.length > 0);
    expect(seen).toHaveLength(200);
    expect(new Set(seen).size).toBe(200);
  });

  test('the subschema is found by a search of any tool, by anybody', async () => {
    const anonymous = createClient(server.socketPath);
    const { searchEntries } = await anonymous.search('cn=Subschema', {
      attributes: ['attributeTypes', 'objectClasses', 'ldapSyntaxes', 'matchingRules'],
    });
    const [entry] = searchEntries;
    const values = (name: string) => [entry?.[name] ?? []].flat().map(String);
    const oids = (name: string) => new Set(values(name).map((value) => value.split(' ')[1]));
    expect(values('attributeTypes').some((text) => text.includes("NAME 'hufuNationalIdKey'"))).toBe(true);
    expect(values('objectClasses').some((text) => text.includes("NAME 'hufuAccount'"))).toBe(true);
    // Every syntax and every rule that an attribute names is there.
    for (const text of values('attributeTypes')) {
      const syntax = /SYNTAX ([\d.]+)/.exec(text)?.[1];
      if (syntax !== undefined) expect(oids('ldapSyntaxes')).toContain(syntax);
      for (const [, rule] of text.matchAll(/(?:EQUALITY|ORDERING|SUBSTR) (\w+)/g)) {
        expect(values('matchingRules').some((value) => value.includes(`NAME '${rule}'`))).toBe(true);
      }
    }
    await expect(anonymous.search('cn=Subschema', { scope: 'one' })).rejects.toThrow(ResultCodeError);
    await anonymous.unbind();
  });
});
