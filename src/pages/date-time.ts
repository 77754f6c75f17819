const taipeiTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Taipei',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** `2026-11-21 15:04` in Asia/Taipei. */
export function formatDateTime(time: Date): string {
  return taipeiTime.format(time);
}
