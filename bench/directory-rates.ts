/** Searches and binds a second through the directory adapter, on the embedded directory and on slapd. */
import { newAccountId } from '#accounts/account-id.ts';
import { createLdapDirectory } from '#adapters/directory/ldap-directory.ts';
import { hashPassword } from '#authentication/password-hash.ts';
import { dayOf } from '#domain/calendar.ts';
import { createKeyRing } from '#domain/key-ring.ts';
import type { Log } from '#domain/log.ts';
import { systemClock } from '#src/compose/system-clock.ts';
import { systemRandom } from '#src/compose/system-random.ts';
import { slapdAvailable, startSlapd } from '#test/support/slapd.ts';
import { startEmbeddedDirectoryProcess } from '#test/support/start-embedded-directory.ts';
import { rate } from './measure.ts';
import { inventedPerson, password } from './people.ts';

export interface DirectoryRates {
  readonly searches: number;
  /** Binds with an argon2id password. */
  readonly binds: number;
}

interface Server {
  readonly socketPath: string;
  readonly baseDn: string;
  readonly serviceDn: string;
  readonly servicePassword: string;
  close(): Promise<void>;
}

const callers = 8;
const actor = { kind: 'system', purpose: 'command' } as const;
const drop = () => undefined;
const silent: Log = { debug: drop, info: drop, warn: drop, error: drop };

/** Rates by server; slapd is left out where it is not installed. */
export async function reportDirectoryRates(
  seconds: number,
): Promise<Readonly<Record<string, DirectoryRates>>> {
  const embedded = await ratesOf(await startEmbeddedDirectoryProcess(), seconds);
  if (!slapdAvailable()) return { embedded };
  return { embedded, slapd: await ratesOf(await startSlapd(), seconds) };
}

async function ratesOf(server: Server, seconds: number): Promise<DirectoryRates> {
  const directory = createLdapDirectory(
    {
      servers: [{ socketPath: server.socketPath }],
      baseDn: server.baseDn,
      bindDn: server.serviceDn,
      bindPassword: server.servicePassword,
      poolSize: callers,
      timeoutMs: 5000,
      catalogueMaxAgeSeconds: 60,
    },
    {
      clock: systemClock,
      random: systemRandom,
      log: silent,
      sealing: createKeyRing([{ id: 'bench', secret: systemRandom.bytes(32) }], systemRandom),
    },
  );
  try {
    await directory.prepareTree();
    const today = dayOf(new Date());
    const opened = await directory.accounts.openAccount(actor, {
      ...inventedPerson(1),
      id: newAccountId(systemRandom),
      openedOn: today,
      openingDay: today,
    });
    const { id, revision } = opened;
    const passwordHash = await hashPassword(password, systemRandom);
    await directory.accounts.modifyAccount(actor, id, revision, { passwordHash });
    const account = { id, password: { ...opened.password, set: true } };
    const bounds = { callers, seconds, most: 100_000 };
    const search = async () => {
      if (!(await directory.accounts.findAccount(actor, id))) throw new Error('the account is gone');
    };
    const bind = async () => {
      if (!(await directory.passwords.checkPassword(account, password)))
        throw new Error('the bind was refused');
    };
    return { searches: await rate(search, bounds), binds: await rate(bind, bounds) };
  } finally {
    await directory.close();
    await server.close();
  }
}
