import { createMailFolder } from '#adapters/mail/mail-folder.ts';
import { createGuardedFetch } from '#adapters/outgoing/guarded-fetch.ts';
import { createSmtpMail } from '#adapters/mail/smtp-mail.ts';
import type { Config } from '#config/config.ts';
import { startOutboxWorker, type OutboxWorker } from '#delivery/outbox-worker.ts';
import type { MailMessage, MailTransport } from '#domain/mail.ts';
import type { Outbox } from '#domain/records.ts';
import { createBackChannelDelivery } from '#provider/back-channel-delivery.ts';
import { createLogOutTokens } from '#provider/back-channel-token.ts';
import { createSubjects } from '#provider/pairwise.ts';
import type { LookUpRelyingParty } from '#provider/relying-party-lookup.ts';
import type { Keys } from './load-keys.ts';
import type { Machine } from './services.ts';

interface Dependencies extends Machine {
  readonly outbox: Outbox;
  readonly keys: Pick<Keys, 'signing' | 'secretFor'>;
  readonly lookUpRelyingParty: LookUpRelyingParty;
}

/** Starts to carry out what is in the outbox. */
export function startDelivery(config: Config, deps: Dependencies): OutboxWorker {
  const mail = createTransport(config, deps);
  return startOutboxWorker({
    ...deps,
    deliver: {
      mail: (body) => mail.deliver(JSON.parse(body) as MailMessage),
      'back-channel-log-out': createBackChannelDelivery({
        lookUpRelyingParty: deps.lookUpRelyingParty,
        subjectOf: createSubjects(deps.keys.secretFor('pairwise-subject')),
        tokens: createLogOutTokens({ ...deps, issuer: config.issuer, signingKeys: deps.keys.signing }),
        fetch: createGuardedFetch({
          allow: config.outgoing.allow,
          timeoutMs: config.outgoing.timeoutSeconds * 1000,
        }),
      }),
    },
  });
}

function createTransport({ mail }: Config, deps: Machine): MailTransport {
  if (mail.kind === 'folder') return createMailFolder(mail, deps);
  return createSmtpMail(mail, deps);
}
