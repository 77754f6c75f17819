import { actorName } from '#domain/actor.ts';
import { actOnPerson } from './act-on-person.ts';
import { commandActor } from './find-person.ts';

/** `hufu reset-password`: brings back one person's opening password for today. */
export function run(argv: string[]): Promise<number> {
  return actOnPerson('reset-password', argv, async (services, account, warrant) => {
    const day = await services.resetPassword(commandActor, account, warrant, {
      actor: actorName(commandActor),
    });
    return `The opening password of account ${account.id} is good on ${day}.`;
  });
}
