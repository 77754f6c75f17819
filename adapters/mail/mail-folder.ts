/** Mail into a folder, one .eml file a message: for trying Hufu out on one machine. */
import { mkdirSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Clock } from '#domain/clock.ts';
import type { MailTransport } from '#domain/mail.ts';
import type { Random } from '#domain/random.ts';
import { composeMail, type Sender } from './compose-mail.ts';
import { MailError } from './mail-error.ts';

export interface MailFolderOptions extends Sender {
  /** Created with mode 0700 when it is missing. */
  readonly folder: string;
}

interface Dependencies {
  readonly clock: Clock;
  readonly random: Random;
}

/** Names of files sort by the time they were written: `20260302T010000000Z-<random>.eml`. */
export function createMailFolder(options: MailFolderOptions, { clock, random }: Dependencies): MailTransport {
  const { folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  return {
    async deliver(message) {
      const now = clock.now();
      const mail = composeMail(message, options, now, random.token(16));
      const { message: bytes } = await composer.sendMail(mail);
      if (!Buffer.isBuffer(bytes)) throw new MailError('mail-failed');
      const name = `${now.toISOString().replace(/[-:.]/g, '')}-${random.token(6)}.eml`;
      await writeWhole(path.join(folder, name), bytes);
    },
  };
}

/** A reader sees the whole file or none. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.part`;
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await unlink(unfinished);
    throw new MailError('mail-failed', error);
  }
  await handle.close();
  await rename(unfinished, file);
}
