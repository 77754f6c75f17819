import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailFolder } from '#adapters/mail/mail-folder.ts';
import { parseMail } from '#demo/mailbox/parse-mail.ts';
import { readFolder } from '#demo/mailbox/read-folder.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-mailbox-'));
});
afterEach(() => rm(folder, { recursive: true }));

const long = '您好：\n\n檢查碼是\n\n    01234567\n\n'.concat('很長的一行'.repeat(60), '\n');

describe('the mailbox', () => {
  it('reads what Hufu writes, newest first, for one address', async () => {
    const clock = createSetClock(new Date('2026-03-02T01:00:00Z'));
    const mail = createMailFolder(
      { folder, from: 'no-reply@example.test', fromName: '示範' },
      { clock, random: realRandom },
    );
    await mail.deliver({ to: 'a@example.test', subject: '【示範】'.repeat(20), text: long });
    await clock.advance(60_000);
    await mail.deliver({ to: 'b@example.test', subject: 'plain', text: 'one = two\n' });
    expect(await readFolder(folder)).toEqual([
      { to: 'b@example.test', subject: 'plain', text: 'one = two\n', date: new Date('2026-03-02T01:01:00Z') },
      {
        to: 'a@example.test',
        subject: '【示範】'.repeat(20),
        text: long,
        date: new Date('2026-03-02T01:00:00Z'),
      },
    ]);
    expect(await readFolder(folder, 'a@example.test')).toHaveLength(1);
    expect(await readFolder(folder, 'nobody@example.test')).toEqual([]);
  });

  it('joins encoded words and soft line breaks', () => {
    const eml = [
      'To: =?UTF-8?Q?A_B?= <a@example.test>',
      'Subject: =?utf-8?B?5L2g?=',
      ' =?utf-8?Q?=E5=A5=BD_?=!',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'a=3Db=\r\nc',
    ].join('\r\n');
    expect(parseMail(Buffer.from(eml))).toMatchObject({
      to: 'a@example.test',
      subject: '你好 !',
      text: 'a=bc',
    });
  });
});
