import { expect, test } from 'vitest';
import { createPublicInformation, type Announcement } from '#pages/public-information.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const announcement = (
  id: string,
  from: string,
  until: string,
  more: Partial<Announcement> = {},
): Announcement => ({
  id,
  level: 'info',
  from: new Date(from),
  until: new Date(until),
  title: { zh: `公告 ${id}`, en: `Notice ${id}` },
  body: { zh: '第一段\n\n第二段', en: 'One' },
  ...more,
});

test('announcements are shown from their time to their end, warnings first, then the newest', async () => {
  const clock = createSetClock(new Date('2026-11-21T00:00:00Z'));
  const information = createPublicInformation({
    clock,
    announcements: () => [
      announcement('old', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'),
      announcement('new', '2026-11-21T00:00:00Z', '2026-11-21T01:00:00Z'),
      announcement('warning', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', { level: 'warning' }),
      announcement('over', '2026-11-01T00:00:00Z', '2026-11-21T00:00:00Z'),
      announcement('later', '2026-11-21T00:00:01Z', '2026-12-01T00:00:00Z'),
    ],
    downloads: () => [],
    links: [],
  });
  const shown = () => information('en', 'home').announcements.map(({ id }) => id);
  expect(shown()).toEqual(['warning', 'new', 'old']);
  await clock.advance(3_600_000);
  expect(shown()).toEqual(['warning', 'later', 'old']);
});

test('words are those of the page’s language, sizes as people read them', () => {
  const name = { zh: '操作手冊', en: 'Manual' };
  const information = createPublicInformation({
    clock: createSetClock(),
    announcements: () => [],
    downloads: () => [
      { href: '/downloads/manual', name, kind: 'PDF', size: 2_500_000 },
      { href: '/downloads/form', name, kind: 'ODT', size: 10 },
    ],
    links: [{ id: 'unlock', name, href: 'https://card.example/' }],
  });
  expect(information('zh-TW', 'login').downloads).toEqual([
    { name: '操作手冊', href: '/downloads/manual', kind: 'PDF', size: '2.4 MB' },
    { name: '操作手冊', href: '/downloads/form', kind: 'ODT', size: '1 KB' },
  ]);
  expect(information('en', 'login').links).toEqual([{ name: 'Manual', href: 'https://card.example/' }]);
});

test('a file is offered on its page, or on both', () => {
  const name = { zh: '檔案', en: 'File' };
  const information = createPublicInformation({
    clock: createSetClock(),
    announcements: () => [],
    downloads: () => [
      { href: '/downloads/both', name, kind: 'PDF', size: 1 },
      { href: '/downloads/login', name, kind: 'PDF', size: 1, place: 'login' },
      { href: '/downloads/home', name, kind: 'PDF', size: 1, place: 'home' },
    ],
    links: [],
  });
  const offered = (place: 'login' | 'home') => information('en', place).downloads.map(({ href }) => href);
  expect(offered('login')).toEqual(['/downloads/both', '/downloads/login']);
  expect(offered('home')).toEqual(['/downloads/both', '/downloads/home']);
});
