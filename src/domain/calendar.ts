/** Calendar days in Asia/Taipei, the zone in which a one-day password and an opening password are good. */

declare const dayBrand: unique symbol;
/** A calendar day in Asia/Taipei, `YYYY-MM-DD`. */
export type Day = string & { readonly [dayBrand]: true };

const taipei = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Taipei', dateStyle: 'short' });

/** The day in Asia/Taipei that `time` falls on. */
export function dayOf(time: Date): Day {
  return taipei.format(time) as Day;
}

/** The first instant of the day after `day` in Asia/Taipei (UTC+8 all year). */
export function endOfDay(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + 24 * 3_600_000);
}

export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = new Date(`${text}T12:00:00+08:00`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text ? (text as Day) : undefined;
}
