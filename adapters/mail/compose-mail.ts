import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { parseMailAddress, type MailMessage } from '#domain/mail.ts';
import { MailError } from './mail-error.ts';

export interface Sender {
  /** A bare address; its domain names the messages. */
  readonly from: string;
  readonly fromName?: string;
}

/**
 * The message as nodemailer takes it. Throws MailError `mail-address` for an address that could smuggle in a header
 * or a further recipient. `token` makes the Message-ID unique.
 */
export function composeMail(
  message: MailMessage,
  { from, fromName }: Sender,
  date: Date,
  token: string,
): SendMailOptions {
  const to = parseMailAddress(message.to);
  const sender = parseMailAddress(from);
  if (to === undefined || sender === undefined) throw new MailError('mail-address');
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return {
    from: { name: fromName ?? '', address: sender },
    to: { name: '', address: to },
    envelope: { from: sender, to: [to] },
    subject: message.subject.replace(/\p{Cc}+/gu, ' '),
    text: message.text,
    date,
    messageId: `<${createHash('sha256').update(token).digest('hex').slice(0, 32)}@${domain}>`,
    // RFC 3834: no out-of-office answers to us.
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
