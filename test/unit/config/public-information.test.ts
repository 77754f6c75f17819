import { afterEach, beforeEach, expect, test } from 'vitest';
import { isTaipeiTime, taipeiTime } from '#config/taipei-time.ts';
import { createConfigFiles, minimal, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const load = (text: string) => files.load([files.write('hufu.yaml', minimal + text)]);
const paths = (text: string) =>
  files.faults([files.write('hufu.yaml', minimal + text)]).map((fault) => fault.path);

test.each([
  ['2026-11-21', true],
  ['2026-11-21 09:30', true],
  ['2026-02-30', false],
  ['2026-11-21 24:00', false],
  ['2026-11-21T09:30', false],
  ['tomorrow', false],
])('%s is a time: %s', (text, expected) => {
  expect(isTaipeiTime(text)).toBe(expected);
});

test('a time is one in Taipei; a mere day lasts to its end', () => {
  expect(taipeiTime('2026-11-21 09:30', 'begin').toISOString()).toBe('2026-11-21T01:30:00.000Z');
  expect(taipeiTime('2026-11-21 09:30', 'end').toISOString()).toBe('2026-11-21T01:30:00.000Z');
  expect(taipeiTime('2026-11-21', 'begin').toISOString()).toBe('2026-11-20T16:00:00.000Z');
  expect(taipeiTime('2026-11-21', 'end').toISOString()).toBe('2026-11-21T16:00:00.000Z');
});

test('announcements and downloads are judged, files looked for', () => {
  const manual = files.write('manual.pdf', 'x');
  const config = load(
    `notices: [{ id: a, from: 2026-11-21, until: 2026-11-22, zh: { title: 甲, body: 乙 }, en: { title: A, body: B } }]\n` +
      `downloads: [{ id: manual, zh: 手冊, en: Manual, file: manual.pdf }]\n`,
  );
  expect(config.notices).toMatchObject([{ id: 'a', level: 'info' }]);
  expect(config.downloads).toMatchObject([{ file: manual }]);
  expect(config.help.unlockCard).toBe('https://moica.nat.gov.tw/unblockcard.html');
  expect(config.privacy).toMatchObject({ version: '2026-1' });
  expect(paths('notices: [{ id: a, from: soon, until: 2026-11-22, zh: { title: 甲, body: 乙 } }]\n')).toEqual(
    expect.arrayContaining(['notices[a].en', 'notices[a].from']),
  );
  expect(paths('downloads: [{ id: manual, zh: 手冊, en: Manual, file: none.pdf }]\n')).toEqual([
    'downloads.manual.file',
  ]);
});
