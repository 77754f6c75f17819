/** A file takes minutes to arrive: whoever loses the office meanwhile brings nothing in by it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Account } from '#domain/account.ts';
import { startRegistryWorld, type RegistryWorld } from '../../support/hub/registry-visits.ts';

const command = { kind: 'system', purpose: 'command' } as const;
let world: RegistryWorld;

beforeAll(async () => {
  world = await startRegistryWorld();
});
beforeEach(() => setOffice('programme-officer'));
afterAll(() => world.close());

async function setOffice(office: Account['office']): Promise<void> {
  const { accounts } = world.hub.services.directory;
  const { id } = world.people['programme-officer'].account;
  const now = await accounts.findAccount(command, id);
  if (!now) throw new Error('the account is gone');
  await accounts.modifyAccount(command, id, now.revision, { office });
}

/** More than lies between two sockets: once all but this is sent, the other end has begun to read. */
const padding = Buffer.alloc(16 * 1024 * 1024, '\n');

/** Posts a form with a file that is at its end only after `meanwhile`. */
async function handIn(
  path: string,
  fields: Readonly<Record<string, string>>,
  content: string,
  meanwhile?: () => Promise<void>,
): Promise<number> {
  const { browser, open } = world.at['programme-officer'];
  const { csrf } = await open(path);
  const parts = Object.entries({ csrf, ...fields }).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  async function* body() {
    yield Buffer.from(parts.join(''));
    yield Buffer.from(
      `--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${content}`,
    );
    if (meanwhile) {
      yield padding;
      await meanwhile();
    }
    yield Buffer.from('\r\n--x--\r\n');
  }
  const { status } = await browser.fetch(new URL(path, world.origin), {
    method: 'POST',
    headers: { Origin: world.origin, 'Content-Type': 'multipart/form-data; boundary=x' },
    body: ReadableStream.from(body()),
    duplex: 'half',
  } as RequestInit);
  return status;
}

const warrant = { encoding: 'auto', formNumber: 'F-1', reason: '新進人員' };
const download = { revision: '0', titleZh: '手冊', titleEn: 'Manual', place: 'both' };
const people = '姓名,身分證字號,出生月日,電子郵件\n王,A123456789,0101,a@example.test';

test.each([
  ['a file for everybody', '/registry/downloads/new', download, 'text'],
  ['the list of organisations', '/registry/organizations/import', {}, 'OrgName,OID\n甲,2.16.886.101.7'],
  ['a file of people', '/registry/batch/new', warrant, people],
])('%s', async (_, path, fields, content) => {
  const { records } = world.hub.services.stores;
  const refused = async () => (await world.audited('registry.enter')).length;
  expect(await handIn(path, fields, content)).toBe(303);
  const owner = `person:${world.people['programme-officer'].account.id}`;
  const kept = async () => [
    (await records.downloads.listDownloads()).length,
    (await records.importJobs.listJobs('organizations', owner, 50)).length,
    (await records.importJobs.listJobs('accounts', owner, 50)).length,
  ];
  const [before, noted] = [await kept(), await refused()];
  expect(await handIn(path, fields, content, () => setOffice('general'))).toBe(404);
  expect(await kept()).toEqual(before);
  expect(await refused()).toBe(noted + 1);
});
