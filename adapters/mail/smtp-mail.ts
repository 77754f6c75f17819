/** Mail by SMTP through nodemailer: pooled connections, TLS insisted on, time limits on every step. */
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { MailTransport } from '#domain/mail.ts';
import type { Random } from '#domain/random.ts';
import { composeMail, type Sender } from './compose-mail.ts';
import { MailError, type MailErrorCode } from './mail-error.ts';

export interface SmtpMailOptions extends Sender {
  readonly host: string;
  readonly port: number;
  /** `plain` speaks no TLS and goes to loopback alone. */
  readonly security: 'tls' | 'starttls' | 'plain';
  readonly user?: string;
  readonly password?: string;
  /** PEM of the CA behind the server's certificate; without it the CAs that Node trusts. */
  readonly caFile?: string;
  /** Milliseconds for a connection, a greeting and each answer. */
  readonly timeoutMs?: number;
}

export interface SmtpMail extends MailTransport {
  close(): void;
}

interface Dependencies {
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
}

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

const words: Readonly<Record<string, MailErrorCode>> = {
  ECONNECTION: 'mail-unreachable',
  EDNS: 'mail-unreachable',
  ESOCKET: 'mail-unreachable',
  ECONNREFUSED: 'mail-unreachable',
  ETIMEDOUT: 'mail-timeout',
  ETLS: 'mail-tls',
  EREQUIRETLS: 'mail-tls',
  EAUTH: 'mail-login',
  ENOAUTH: 'mail-login',
  EENVELOPE: 'mail-refused',
  EMESSAGE: 'mail-refused',
};

/** Throws when `plain` is asked for off loopback, or the CA file cannot be read. */
export function createSmtpMail(options: SmtpMailOptions, { log, clock, random }: Dependencies): SmtpMail {
  const { host, port, security, user, password, caFile, timeoutMs = 15_000 } = options;
  if (security === 'plain' && !loopback.has(host))
    throw new Error('plain SMTP is for a mail server on loopback');
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    tls: { minVersion: 'TLSv1.2', ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    maxConnections: 4,
    // The outbox tries again, later and with growing delay.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // An idle connection that breaks concerns no message.
  transport.on('error', (error) => log.debug('mail.connection-lost', { error }));

  return {
    async deliver(message) {
      const mail = composeMail(message, options, clock.now(), random.token(16));
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw new MailError(codeOf(error), error);
      }
    },
    close: () => transport.close(),
  };
}

function codeOf(error: unknown): MailErrorCode {
  if (!(error instanceof Error)) return 'mail-failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // TLS failures arrive as socket errors with Node's own code inside.
  if (code === 'ESOCKET' && /certificate|ssl|tls/i.test(error.message)) return 'mail-tls';
  return words[code] ?? 'mail-failed';
}
