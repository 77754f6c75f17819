import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMailFolder } from '#adapters/mail/mail-folder.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'hufu-mail-'));
  folder = path.join(base, 'mailbox');
});
afterEach(() => rmSync(base, { recursive: true }));

const message = { to: 'wang@example.org', subject: '檢查碼 code', text: '您的檢查碼：12345678\n' };

function create() {
  const clock = createSetClock(new Date('2026-03-02T01:02:03.004Z'));
  return {
    clock,
    mail: createMailFolder({ folder, from: 'no-reply@hufu.example' }, { clock, random: realRandom }),
  };
}

test('writes a message that only its owner can read', async () => {
  const { mail } = create();
  await mail.deliver(message);
  const [name = '', ...rest] = readdirSync(folder);
  expect(rest).toEqual([]);
  expect(name).toMatch(/^20260302T010203004Z-[\w-]+\.eml$/);
  expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const text = readFileSync(path.join(folder, name), 'utf8');
  expect(text).toContain('To: wang@example.org\r\n');
  expect(text).toContain('From: no-reply@hufu.example\r\n');
  expect(text).toContain('Date: Mon, 02 Mar 2026 01:02:03 +0000\r\n');
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  expect(Buffer.from(body, 'base64').toString('utf8')).toContain('您的檢查碼：12345678');
});

test('many at once are all there, in the order of time', async () => {
  const { mail, clock } = create();
  await Promise.all(Array.from({ length: 20 }, () => mail.deliver(message)));
  await clock.advance(1000);
  await mail.deliver({ ...message, subject: 'last' });
  const names = readdirSync(folder).sort();
  expect(names).toHaveLength(21);
  expect(readFileSync(path.join(folder, names.at(-1) ?? ''), 'utf8')).toContain('Subject: last');
});

test('refuses an address with more in it than an address', async () => {
  const { mail } = create();
  await expect(mail.deliver({ ...message, to: 'a@example.org\r\nBcc: b@example.org' })).rejects.toMatchObject(
    {
      code: 'mail-address',
    },
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('fails when the folder is gone', async () => {
  const { mail } = create();
  rmSync(folder, { recursive: true });
  await expect(mail.deliver(message)).rejects.toThrow();
});
