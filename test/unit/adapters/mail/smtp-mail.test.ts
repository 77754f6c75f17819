import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MailError } from '#adapters/mail/mail-error.ts';
import { createSmtpMail, type SmtpMail, type SmtpMailOptions } from '#adapters/mail/smtp-mail.ts';
import { createKeptLog } from '#test/support/kept-log.ts';
import { realRandom } from '#test/support/real.ts';
import { mintSelfSigned, type SelfSigned } from '#test/support/self-signed-certificate.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { startSmtpServer, type SmtpServer, type SmtpServerOptions } from '#test/support/smtp-server.ts';

const message = { to: 'wang@example.org', subject: '檢查碼', text: '您的檢查碼：12345678' };

let folder: string;
let certificate: SelfSigned;
const running: (SmtpServer | SmtpMail)[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hufu-smtp-'));
  certificate = mintSelfSigned(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

async function start(server: SmtpServerOptions, options: Partial<SmtpMailOptions>) {
  const smtp = await startSmtpServer(server);
  return { smtp, mail: client({ port: smtp.port, ...options }, smtp) };
}

function client(options: Partial<SmtpMailOptions>, ...others: SmtpServer[]) {
  const mail = createSmtpMail(
    { host: '127.0.0.1', port: 1, security: 'starttls', from: 'no-reply@hufu.example', ...options },
    { log: createKeptLog(), clock: createSetClock(), random: realRandom },
  );
  running.push(mail, ...others);
  return mail;
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error instanceof MailError ? error.code : error;
  }
  return 'delivered';
}

describe('a mail that is taken', () => {
  test('goes over STARTTLS, after a login, with our headers', async () => {
    const { smtp, mail } = await start(
      { tls: certificate },
      { caFile: certificate.certFile, user: 'hufu', password: 'pw', fromName: '虎符' },
    );
    await mail.deliver(message);
    const [got] = smtp.received;
    expect(got?.recipients).toEqual(['RCPT TO:<wang@example.org>']);
    expect(got?.sender).toMatch(/^MAIL FROM:<no-reply@hufu\.example>/);
    expect(got?.tls).toMatch(/^TLSv1\.[23]$/);
    expect(got?.login).toBe('\0hufu\0pw');
    expect(got?.text).toContain('Auto-Submitted: auto-generated');
    expect(got?.text).toMatch(/^Message-ID: <[0-9a-f]{32}@hufu\.example>$/m);
    expect(got?.text).not.toMatch(/^X-Mailer/m);
  });

  test('goes over TLS from the first byte', async () => {
    const { smtp, mail } = await start(
      { tls: certificate, implicitTls: true },
      { security: 'tls', caFile: certificate.certFile },
    );
    await mail.deliver(message);
    expect(smtp.received).toHaveLength(1);
  });

  test('goes in the clear on loopback when that is asked for', async () => {
    const { smtp, mail } = await start({}, { security: 'plain' });
    await mail.deliver(message);
    await mail.deliver(message);
    expect(smtp.received.map(({ tls }) => tls)).toEqual([undefined, undefined]);
    expect(smtp.connections()).toBe(1);
  });
});

describe('a mail that is not taken', () => {
  test('when the server offers no STARTTLS: nothing is said in the clear', async () => {
    const { smtp, mail } = await start({}, { user: 'hufu', password: 'pw' });
    expect(await failure(mail.deliver(message))).toBe('mail-tls');
    expect(smtp.received).toEqual([]);
  });

  test("when the server's certificate is not trusted", async () => {
    const { smtp, mail } = await start({ tls: certificate }, {});
    expect(await failure(mail.deliver(message))).toBe('mail-tls');
    expect(smtp.received).toEqual([]);
  });

  test('when the recipient is refused, and the error names no address', async () => {
    const { mail } = await start({ answers: { RCPT: '550 no such mailbox' } }, { security: 'plain' });
    const error = await mail.deliver(message).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'mail-refused', message: 'mail-refused' });
  });

  test('when the text is refused after it was sent', async () => {
    const { mail } = await start({ answers: { DATA: '554 not here' } }, { security: 'plain' });
    expect(await failure(mail.deliver(message))).toBe('mail-refused');
  });

  test('when the login is refused', async () => {
    const { mail } = await start(
      { answers: { AUTH: '535 wrong' } },
      { security: 'plain', user: 'hufu', password: 'wrong' },
    );
    expect(await failure(mail.deliver(message))).toBe('mail-login');
  });

  test('when nobody listens', async () => {
    expect(await failure(client({ port: await freePort(), security: 'plain' }).deliver(message))).toBe(
      'mail-unreachable',
    );
  });

  test('when the server stays silent', async () => {
    const { mail } = await start({ answers: { GREETING: '' } }, { security: 'plain', timeoutMs: 100 });
    expect(await failure(mail.deliver(message))).toBe('mail-timeout');
  });

  test.each([
    'wang@example.org\r\nBcc: others@example.org',
    'wang@example.org, others@example.org',
    'Wang <wang@example.org>',
    'wang@example.org\0',
    '"a b"@example.org',
    '',
  ])('when the address is %j, before anything is sent', async (to) => {
    const { smtp, mail } = await start({}, { security: 'plain' });
    expect(await failure(mail.deliver({ ...message, to }))).toBe('mail-address');
    expect(smtp.connections()).toBe(0);
  });
});

test('a line break in the subject starts no header', async () => {
  const { smtp, mail } = await start({}, { security: 'plain' });
  await mail.deliver({ ...message, subject: 'code\r\nBcc: others@example.org' });
  expect(smtp.received[0]?.text).not.toMatch(/^Bcc:/m);
  expect(smtp.received[0]?.recipients).toHaveLength(1);
});

test('plain SMTP off loopback is refused', () => {
  expect(() => client({ host: 'smtp.example.org', security: 'plain' })).toThrow(/loopback/);
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
