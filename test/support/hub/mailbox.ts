import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { noteCanary } from './canaries.ts';

export interface Mailbox {
  /** Bodies of the mails to `address`, oldest first. */
  mailsTo(address: string): Promise<readonly string[]>;
  /** Waits for a mail after the first `before` whose body `wanted` accepts, and gives the body. */
  nextMailTo(address: string, before: number, wanted?: (body: string) => boolean): Promise<string>;
}

export function openMailbox(folder: string): Mailbox {
  // A mail is whole once it has its name, and never changes.
  const read = new Map<string, Promise<Mail>>();
  const readOnce = (name: string): Promise<Mail> => {
    const known = read.get(name) ?? readFile(path.join(folder, name), 'utf8').then(readMail);
    read.set(name, known);
    return known;
  };
  const mailsTo = async (address: string): Promise<readonly string[]> => {
    const names = await readdir(folder).catch(() => []);
    const written = names.filter((name) => name.endsWith('.eml')).sort();
    const mails = await Promise.all(written.map(readOnce));
    return mails.filter(({ to }) => to === address).map(({ body }) => body);
  };
  return {
    mailsTo,
    async nextMailTo(address, before, wanted = () => true) {
      for (let tries = 0; tries < 500; tries += 1) {
        const mail = (await mailsTo(address)).slice(before).find(wanted);
        if (mail !== undefined) return mail;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`no mail to ${address}`);
    },
  };
}

const codeLine = /^ {4}(\d{6,10})\r?$/m;

export function hasCode(mail: string): boolean {
  return codeLine.test(mail);
}

/** The check code in a mail. */
export function codeIn(mail: string): string {
  const code = codeLine.exec(mail)?.[1];
  if (code === undefined) throw new Error('no code in this mail');
  noteCanary(code);
  return code;
}

interface Mail {
  readonly to: string;
  readonly body: string;
}

function readMail(mail: string): Mail {
  return { to: /^To: <?([^>\r\n]*)>?\r?$/m.exec(mail)?.[1] ?? '', body: decodeBody(mail) };
}

function decodeBody(mail: string): string {
  const [head = '', ...rest] = mail.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
