import { actorName } from '#domain/actor.ts';
import { actOnPerson } from './act-on-person.ts';
import { commandActor } from './find-person.ts';

/** `hufu enable-one-day-password`: lets one person log in by password today, and mails them the first check code. */
export function run(argv: string[]): Promise<number> {
  return actOnPerson('enable-one-day-password', argv, async (services, account, warrant) => {
    const context = { actor: actorName(commandActor) };
    const day = await services.enableOneDayPassword(commandActor, account, warrant, context);
    return `One-day password enabled for account ${account.id} on ${day}; the check code has been mailed.`;
  });
}
