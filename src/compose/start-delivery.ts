import { createMailFolder } from '#adapters/mail/mail-folder.ts';
import { createSmtpMail } from '#adapters/mail/smtp-mail.ts';
import type { Config } from '#config/config.ts';
import { startOutboxWorker, type OutboxWorker } from '#delivery/outbox-worker.ts';
import { HufuError } from '#domain/errors.ts';
import type { MailMessage, MailTransport } from '#domain/mail.ts';
import type { Outbox } from '#domain/records.ts';
import type { Machine } from './services.ts';

interface Dependencies extends Machine {
  readonly outbox: Outbox;
}

/** Starts to carry out what is in the outbox. */
export function startDelivery(config: Config, deps: Dependencies): OutboxWorker {
  const mail = createTransport(config, deps);
  return startOutboxWorker({
    ...deps,
    deliver: {
      mail: (body) => mail.deliver(JSON.parse(body) as MailMessage),
      // No relying party can register for it yet, so there is never one to carry.
      'back-channel-log-out': () => Promise.reject(new HufuError('internal')),
    },
  });
}

function createTransport({ mail }: Config, deps: Machine): MailTransport {
  if (mail.kind === 'folder') return createMailFolder(mail, deps);
  return createSmtpMail(mail, deps);
}
