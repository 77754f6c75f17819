import { parseArgs } from 'node:util';
import type { Account } from '#domain/account.ts';
import type { Services, Warrant } from '../compose/services.ts';
import { findPerson } from './find-person.ts';
import { readConfig } from './read-config.ts';
import { withServices } from './with-services.ts';

/** A deed on one person's account that rests on a form; gives the line to print. */
export type Deed = (services: Services, account: Account, warrant: Warrant) => Promise<string>;

const options = {
  config: { type: 'string', multiple: true, default: [] as string[] },
  account: { type: 'string' },
  form: { type: 'string' },
  reason: { type: 'string' },
} as const;

/** The commands that act on one person share their options: `--config FILE … [--account ID] --form NO --reason TEXT`. */
export async function actOnPerson(name: string, argv: string[], deed: Deed): Promise<number> {
  const { values } = parseArgs({ args: argv, options });
  const { form, reason } = values;
  if (!form || !reason) {
    process.stderr.write(
      `usage: hufu ${name} --config FILE [--account ID] --form NUMBER --reason TEXT\n` +
        'Without --account the national ID is read from standard input.\n',
    );
    return 2;
  }
  const config = readConfig(values.config);
  if (!config) return 1;
  return withServices(config, async (services) => {
    const account = await findPerson(services, values.account);
    process.stdout.write(`${await deed(services, account, { form, reason })}\n`);
  });
}
