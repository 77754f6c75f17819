import { describe, expect, test } from 'vitest';
import type { Day } from '#domain/calendar.ts';
import type { MailMessage } from '#domain/mail.ts';
import type { Notices } from '#domain/notices.ts';
import type { NewOutboxMessage } from '#domain/records.ts';
import { createMailNotices } from '#pages/mail-notices.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const account = sampleAccount();
const day = '2026-03-02' as Day;

function noticesWorld(language: 'zh-TW' | 'en' = 'zh-TW') {
  const clock = createSetClock();
  const steps: string[] = [];
  const messages: NewOutboxMessage[] = [];
  const notices = createMailNotices({
    outbox: {
      async enqueue(message) {
        steps.push('enqueued');
        messages.push(message);
        return 'm1';
      },
    },
    wake: () => void steps.push('woken'),
    clock,
    language,
    site: '示範入口',
    helpDesk: '服務台 02-12345678',
    graceHours: 72,
  });
  return { notices, clock, steps, messages };
}

const mails: Record<string, (notices: Notices) => Promise<void>> = {
  'a check code': (notices) => notices.mailedCode(account, '00123456', new Date('2026-03-02T01:30:00Z')),
  'a closed account': (notices) => notices.passwordLoginClosed(account, 'disabled'),
  'a closed day': (notices) => notices.passwordLoginClosed(account, 'not-enabled-today'),
  'a late opening': (notices) => notices.passwordLoginClosed(account, 'opening-password-expired'),
  'a one-day password': (notices) => notices.oneDayPasswordEnabled(account, day, '00123456'),
  'an activation': (notices) => notices.accountActivated(account),
  'a changed password': (notices) => notices.passwordChanged(account),
  'a registered certificate': (notices) => notices.certificateRegistered(account),
  'a removed certificate': (notices) => notices.certificateRemoved(account),
};

describe.each(Object.entries(mails))('the mail about %s', (_, send) => {
  test.each(['zh-TW', 'en'] as const)(
    'is whole in %s, names nobody, and wakes the delivery when it is kept',
    async (language) => {
      const { notices, steps, messages } = noticesWorld(language);
      await send(notices);
      expect(steps).toEqual(['enqueued', 'woken']);
      expect(messages).toHaveLength(1);
      const mail = JSON.parse(messages[0]?.body ?? '') as MailMessage;
      expect(mail.to).toBe(account.contact.email);
      expect(mail.subject).toContain('示範入口');
      expect(mail.subject).not.toMatch(/\p{Cc}/u);
      expect(mail.text).toContain('服務台 02-12345678');
      expect(mail.subject + mail.text).not.toMatch(/王小明|[{}]|undefined/);
      expect(messages[0]?.kind).toBe('mail');
    },
  );

  test('is sent to nobody who has no address', async () => {
    const world = noticesWorld();
    const { email: _email, ...contact } = account.contact;
    const mute = { ...account, contact };
    const calls: Promise<void>[] = [
      world.notices.mailedCode(mute, '1', new Date(0)),
      world.notices.passwordLoginClosed(mute, 'disabled'),
      world.notices.oneDayPasswordEnabled(mute, day, '1'),
      world.notices.accountActivated(mute),
      world.notices.passwordChanged(mute),
    ];
    await Promise.all(calls);
    expect(world.steps).toEqual([]);
  });
});

test('a code is in the mail with its zeros and its end in Taipei, and the mail ends with it', async () => {
  const { notices, messages } = noticesWorld();
  const validUntil = new Date('2026-03-02T15:59:00.000Z');
  await notices.mailedCode(account, '00123456', validUntil);
  expect(messages[0]?.body).toMatch(/00123456.*2026-03-02 23:59/);
  expect(messages[0]?.expiresAt).toEqual(validUntil);
  expect(JSON.parse(messages[0]?.body ?? '')).not.toMatchObject({
    subject: expect.stringContaining('00123456') as unknown,
  });
});

test('what is about a day ends with the day', async () => {
  const { notices, messages } = noticesWorld();
  await notices.oneDayPasswordEnabled(account, day, '1');
  await notices.passwordLoginClosed(account, 'not-enabled-today');
  const ends = messages.map(({ expiresAt }) => expiresAt.toISOString());
  expect(ends).toEqual(['2026-03-02T16:00:00.000Z', '2026-03-02T16:00:00.000Z']);
});

test('an activation tells until when the password works', async () => {
  const { notices, messages } = noticesWorld();
  await notices.accountActivated(account);
  expect(messages[0]?.body).toMatch(/2026-03-02 09:00.*2026-03-05 09:00/);
});

test('a mail that cannot be kept fails, and wakes nobody', async () => {
  let woken = 0;
  const notices = createMailNotices({
    outbox: { enqueue: () => Promise.reject(new Error('disk full')) },
    wake: () => {
      woken += 1;
    },
    clock: createSetClock(),
    language: 'en',
    site: 's',
    helpDesk: 'h',
    graceHours: 72,
  });
  await expect(notices.passwordChanged(account)).rejects.toThrow('disk full');
  expect(woken).toBe(0);
});
