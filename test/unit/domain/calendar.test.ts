import { describe, expect, test } from 'vitest';
import { dayOf, endOfDay, parseDay, type Day } from '#domain/calendar.ts';

describe('the day in Asia/Taipei', () => {
  test.each([
    ['2026-03-02T15:59:59.999Z', '2026-03-02'],
    ['2026-03-02T16:00:00.000Z', '2026-03-03'],
    ['2026-12-31T15:59:59.999Z', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
    ['2027-02-28T16:00:00.000Z', '2027-03-01'],
  ])('at %s is %s', (time, day) => {
    expect(dayOf(new Date(time))).toBe(day);
  });

  test.each([
    ['2026-03-02', '2026-03-02T16:00:00.000Z'],
    ['2026-12-31', '2026-12-31T16:00:00.000Z'],
    ['2028-02-29', '2028-02-29T16:00:00.000Z'],
  ])('%s ends at %s', (day, time) => {
    const end = endOfDay(day as Day);
    expect(end.toISOString()).toBe(time);
    expect(dayOf(new Date(end.getTime() - 1))).toBe(day);
    expect(dayOf(end)).not.toBe(day);
  });
});

describe('a day is read', () => {
  test.each(['2026-01-01', '2026-12-31', '2028-02-29'])('from %s', (text) => {
    expect(parseDay(text)).toBe(text);
  });

  test.each([
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-32',
    '0000-01-01',
    ' 2026-01-01',
    '2026-01-01\n',
    '2026-01-01T00:00',
    '２０２６-01-01',
    '115-01-01',
    '',
  ])('not from %j', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});
