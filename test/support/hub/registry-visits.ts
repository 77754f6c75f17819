import type { Office } from '#domain/account.ts';
import type { ChainedEntry } from '#domain/audit-store.ts';
import { noteCanary } from './canaries.ts';
import { startHubWorld, type HubWorld, type Person } from './hub-world.ts';
import { atPortal } from './portal-visits.ts';
import type { SigningIn } from './signing-in.ts';

export interface RegistryWorld extends HubWorld {
  readonly people: Readonly<Record<Office, Person>>;
  /** Each logged in, in a browser of their own. */
  readonly at: Readonly<Record<Office, SigningIn>>;
  /** Posts a form with several values of one name; `csrf` is that of the page at `from`. */
  postForm(at: SigningIn, path: string, fields: readonly (readonly [string, string])[]): Promise<Posted>;
  /** Entries of the trail with that action, newest first, as they stand in it. */
  audited(action: string): Promise<readonly string[]>;
}

export interface Posted {
  readonly status: number;
  readonly html: string;
  readonly location: string | undefined;
}

const password = 'Correct-horse-7-battery';
const command = { kind: 'system', purpose: 'command' } as const;

/** A hub in which a second factor is enough to manage, with one person of each office. */
export async function startRegistryWorld(
  more: object | ((folder: string) => object) = {},
): Promise<RegistryWorld> {
  const world = await startHubWorld((folder) => ({
    registry: { requirement: 'second-factor' },
    ...(typeof more === 'function' ? more(folder) : more),
  }));
  const { accounts } = world.hub.services.directory;
  const roles = ['csm_user'];
  const people = {
    'programme-officer': await world.activePerson({ n: 700, name: '計畫承辦' }, password),
    manager: await world.activePerson({ n: 701, name: '註冊管理' }, password),
    general: await world.activePerson({ n: 702, roles: [...roles, 'csm_user_nocert'] }, password),
  };
  for (const office of ['programme-officer', 'manager'] as const) {
    const { account } = people[office];
    await accounts.modifyAccount(command, account.id, account.revision, { office, categories: ['csm'] });
  }
  const at = {
    'programme-officer': await atPortal(world, people['programme-officer'], password),
    manager: await atPortal(world, people.manager, password),
    general: await atPortal(world, people.general, password),
  };
  return {
    ...world,
    people,
    at,
    async postForm({ browser }, path, fields) {
      const url = new URL(path, world.origin);
      const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
      const response = await browser.fetch(url, { method: 'POST', body, headers: { Origin: world.origin } });
      const html = await response.text();
      const secret = /id="secret-value"[^>]*><code>([^<]+)</.exec(html)?.[1];
      if (secret !== undefined) noteCanary(secret);
      return { status: response.status, html, location: response.headers.get('Location') ?? undefined };
    },
    async audited(action) {
      const found: readonly ChainedEntry[] = await world.hub.services.stores.records.audit.search(
        { action },
        undefined,
        100,
      );
      return found.map(({ entry }) => entry);
    },
  };
}

/** Every form that may be posted by whom the page is not for: no page by any method. */
export async function statusesFor(
  world: RegistryWorld,
  who: SigningIn,
  paths: readonly string[],
): Promise<readonly number[]> {
  const { csrf } = await who.open('/profile');
  const statuses: number[] = [];
  for (const path of paths) {
    statuses.push((await who.open(path)).status, (await world.postForm(who, path, [['csrf', csrf]])).status);
  }
  return statuses;
}
