import { expect, test } from 'vitest';
import type { AnnouncementRegister } from '#domain/announcement-register.ts';

const one = {
  id: 'a1',
  level: 'warning',
  from: new Date('2026-11-26T02:00:00Z'),
  until: new Date('2026-11-27T02:00:00Z'),
  zh: { title: '停機', body: '第一段\n\n第二段' },
  en: { title: 'Down', body: 'One\n\nTwo' },
} as const;
const newer = { ...one, id: 'a2', level: 'info', from: new Date('2026-11-26T03:00:00Z') } as const;

/** `register` gives the one of this test, empty; `reopen` the same of a connection made anew. */
export function describeAnnouncementRegister(
  register: () => AnnouncementRegister,
  reopen: () => Promise<AnnouncementRegister>,
): void {
  test('keeps what is added, the latest first, over a new connection too', async () => {
    await register().addAnnouncement(one);
    await register().addAnnouncement(newer);
    const again = await reopen();
    expect(await again.listAnnouncements()).toEqual([
      { ...newer, revision: 1 },
      { ...one, revision: 1 },
    ]);
    expect(await again.findAnnouncement('a1')).toEqual({ ...one, revision: 1 });
    expect(await again.findAnnouncement('a3')).toBeUndefined();
  });

  test('changes and removes what was seen, once', async () => {
    await register().addAnnouncement(one);
    const changed = { ...one, revision: 1, zh: { title: '改', body: '內容' }, level: 'info' } as const;
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => register().changeAnnouncement(changed)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await register().findAnnouncement('a1')).toEqual({ ...changed, revision: 2 });
    await expect(register().removeAnnouncement('a1', 1)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await register().removeAnnouncement('a1', 2);
    await expect(register().removeAnnouncement('a1', 2)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await register().listAnnouncements()).toEqual([]);
  });

  test('has another version after each change, and after no refusal', async () => {
    const versions = [await register().readVersion()];
    const note = async () => versions.push(await register().readVersion());
    await register().addAnnouncement(one);
    await note();
    await register()
      .changeAnnouncement({ ...one, revision: 7 })
      .catch(() => undefined);
    await note();
    await register().removeAnnouncement('a1', 1);
    await note();
    expect(versions).toEqual([0, 1, 1, 2]);
  });
}
