/** Generalized time (RFC 4517, 3.3.13) brought to `YYYYMMDDHHMMSS[.f]Z`, in UTC; undefined when it is none. */
export function normaliseGeneralizedTime(text: string): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)?)?(?:[.,](\d+))?(?:Z|([+-])(\d\d)(\d\d)?)$/.exec(
    text,
  );
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] = found;
  const n = (digits: string | undefined) => Number(digits ?? 0);
  if (n(month) < 1 || n(month) > 12 || n(day) < 1 || n(day) > daysIn(n(year), n(month))) return undefined;
  if (n(hour) > 23 || n(minute) > 59 || n(second) > 60) return undefined;
  if (n(offsetHours) > 23 || n(offsetMinutes) > 59) return undefined;
  // A fraction belongs to the smallest unit written.
  const unit = second !== undefined ? 1 : minute !== undefined ? 60 : 3600;
  const seconds = fraction === undefined ? 0 : Number(`0.${fraction}`) * unit;
  const offset = (n(offsetHours) * 60 + n(offsetMinutes)) * (sign === '-' ? 60 : -60);
  const date = new Date(0);
  date.setUTCFullYear(n(year), n(month) - 1, n(day));
  date.setUTCHours(n(hour), n(minute), n(second) + Math.floor(seconds) + offset);
  const rest = (seconds % 1)
    .toFixed(9)
    .slice(1)
    .replace(/\.?0+$/, '');
  return `${formatGeneralizedTime(date).slice(0, -1)}${rest}Z`;
}

/** Whole seconds in UTC. */
export function formatGeneralizedTime(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
