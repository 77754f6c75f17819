/** Times as configuration writes them: `2026-11-21 09:00` or `2026-11-21`, in Asia/Taipei, which has no summer time. */
const form = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/;

export function isTaipeiTime(text: string): boolean {
  const [, day = '', clock = '00:00'] = form.exec(text) ?? [];
  const time = new Date(`${day}T${clock}:00Z`);
  // A thirtieth of February would be taken for a day in March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${day}T${clock}`);
}

/** The moment that `text`, a time by isTaipeiTime, means; a mere day means its beginning, or its end. */
export function taipeiTime(text: string, edge: 'begin' | 'end'): Date {
  const [, day = '', clock] = form.exec(text) ?? [];
  const start = new Date(`${day}T${clock ?? '00:00'}:00+08:00`);
  return edge === 'end' && clock === undefined ? new Date(start.getTime() + 24 * 3_600_000) : start;
}
