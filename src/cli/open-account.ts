import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { newAccountSchema } from '../compose/services.ts';
import { actorName } from '#domain/actor.ts';
import { commandActor } from './find-person.ts';
import { readConfig } from './read-config.ts';
import { withServices } from './with-services.ts';

const usage = `usage: hufu open-account --config FILE --form NUMBER --reason TEXT < ACCOUNT
ACCOUNT is YAML or JSON on standard input:
  name, nationalId, birthday (MMDD), agency {oid, code, name}, unit {oid, name} (optional), jurisdictionOid,
  office (general | manager | programme-officer), categories [..], grants [{role, until}], contact {email, ..}
`;

/** `hufu open-account`: opens an account, the first programme officer's among them. */
export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      config: { type: 'string', multiple: true, default: [] },
      form: { type: 'string' },
      reason: { type: 'string' },
    },
  });
  const { form, reason } = values;
  if (!form || !reason) {
    process.stderr.write(usage);
    return 2;
  }
  const config = readConfig(values.config);
  if (!config) return 1;
  const input = newAccountSchema.safeParse(parse(await text(process.stdin)));
  if (!input.success) {
    process.stderr.write(`${z.prettifyError(input.error)}\n\n${usage}`);
    return 1;
  }
  return withServices(config, async (services) => {
    const context = { actor: actorName(commandActor) };
    const account = await services.openAccount(commandActor, input.data, { form, reason }, context);
    process.stdout.write(
      `Opened account ${account.id}; the opening password is good on ${account.openedOn}.\n`,
    );
  });
}
