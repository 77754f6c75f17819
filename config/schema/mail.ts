import { z } from 'zod';
import { host, line, mailAddress, path, secret, whole } from './values.ts';

const from = mailAddress().describe('Address that mails come from. Its domain also names the messages.');
const fromName = line().exactOptional().describe('Display name beside it. Default: none.');

const smtp = z
  .strictObject({
    kind: z.literal('smtp').describe('A mail server.'),
    from,
    fromName,
    host: host().describe('Mail server that takes our mail.'),
    port: whole(1, 65_535).default(587).describe('Its TCP port: usually 587 for starttls, 465 for tls.'),
    security: z
      .enum(['starttls', 'tls', 'plain'])
      .default('starttls')
      .describe(
        '`starttls` and `tls` insist on TLS 1.2 or newer with a valid certificate; `plain` is for loopback alone.',
      ),
    user: line().exactOptional().describe('Name to log in with. Default: no login.'),
    password: secret().exactOptional().describe('Password to log in with; goes together with `user`.'),
    caFile: path()
      .exactOptional()
      .describe("PEM file of the CA behind the server's certificate. Default: the CAs that Node trusts."),
  })
  .describe('Sends by SMTP.');

const folder = z
  .strictObject({
    kind: z.literal('folder').describe('A folder into which every mail is written as an .eml file.'),
    from,
    fromName,
    folder: path().describe('The folder; created with mode 0700.'),
  })
  .describe('For trying Hufu out: only with an issuer on loopback.');

export const mail = z
  .discriminatedUnion('kind', [smtp, folder])
  .describe(
    'How mails (check codes, notices) leave. Required: a mailed code is part of every password login.',
  );
