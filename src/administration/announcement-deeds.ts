/** What programme officers do to announcements, each between intent and outcome in the audit trail. */
import { auditedChange } from '#audit/audited-change.ts';
import { differences, keptThingChanged } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AnnouncementRegister, KeptAnnouncement } from '#domain/announcement-register.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type { Random } from '#domain/random.ts';

export interface TypedAnnouncement {
  readonly level: 'info' | 'warning';
  /** `YYYY-MM-DDTHH:MM` in Asia/Taipei. */
  readonly from: string;
  readonly until: string;
  readonly titleZh: string;
  readonly bodyZh: string;
  readonly titleEn: string;
  readonly bodyEn: string;
}

export type AnnouncementField = keyof TypedAnnouncement;

export type AnnouncementVerdict =
  | { readonly ok: true; readonly announcement: Omit<KeptAnnouncement, 'id' | 'revision'> }
  | { readonly ok: false; readonly faults: readonly AnnouncementField[] };

const mostTitle = 200;
const mostBody = 2000;

/** Titles are one line; texts may have several; both are there in both languages; the end comes after the beginning. */
export function judgeAnnouncement(typed: TypedAnnouncement): AnnouncementVerdict {
  const [from, until] = [typed.from, typed.until].map(taipeiTime);
  const zh = { title: tidied(typed.titleZh), body: tidied(typed.bodyZh) };
  const en = { title: tidied(typed.titleEn), body: tidied(typed.bodyEn) };
  const isTitle = (text: string) => isText(text, mostTitle) && !text.includes('\n');
  const faults: AnnouncementField[] = [
    ...(from ? [] : ['from' as const]),
    ...(until && (!from || from < until) ? [] : ['until' as const]),
    ...(isTitle(zh.title) ? [] : ['titleZh' as const]),
    ...(isText(zh.body, mostBody) ? [] : ['bodyZh' as const]),
    ...(isTitle(en.title) ? [] : ['titleEn' as const]),
    ...(isText(en.body, mostBody) ? [] : ['bodyEn' as const]),
  ];
  if (!from || !until || faults.length > 0) return { ok: false, faults };
  return { ok: true, announcement: { level: typed.level, from, until, zh, en } };
}

function tidied(text: string): string {
  return text.normalize('NFC').replaceAll('\r\n', '\n').trim();
}

function isText(text: string, most: number): boolean {
  return text !== '' && [...text].length <= most && !/[^\P{Cc}\n]|[\p{Cs}\p{Bidi_Control}]/u.test(text);
}

function taipeiTime(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return undefined;
  const time = new Date(`${text}:00+08:00`);
  const isReal = !Number.isNaN(time.getTime()) && typedTime(time) === text;
  return isReal ? time : undefined;
}

/** As a field of the browser's takes it: `YYYY-MM-DDTHH:MM` in Asia/Taipei. */
export function typedTime(time: Date): string {
  return new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}

export type AnnouncementOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly faults: readonly AnnouncementField[] };

/** Those that take what was seen throw `changed-meanwhile` when it is no longer so. */
export interface AnnouncementDeeds {
  add(typed: TypedAnnouncement, context: AuditContext): Promise<AnnouncementOutcome>;
  change(
    seen: KeptAnnouncement,
    typed: TypedAnnouncement,
    context: AuditContext,
  ): Promise<AnnouncementOutcome>;
  remove(seen: KeptAnnouncement, context: AuditContext): Promise<void>;
}

interface Dependencies {
  readonly register: AnnouncementRegister;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
  readonly random: Pick<Random, 'token'>;
}

export function createAnnouncementDeeds({ register, audit, random }: Dependencies): AnnouncementDeeds {
  const eventOf = (context: AuditContext, verb: string, id: string, before: object, after: object) =>
    keptThingChanged(context, `notice.${verb}`, { id, changes: differences({ ...before }, { ...after }) });

  return {
    async add(typed, context) {
      const verdict = judgeAnnouncement(typed);
      if (!verdict.ok) return verdict;
      const id = random.token(9);
      await auditedChange(audit, eventOf(context, 'add', id, {}, verdict.announcement), () =>
        register.addAnnouncement({ id, ...verdict.announcement }),
      );
      return { ok: true };
    },
    async change(seen, typed, context) {
      const verdict = judgeAnnouncement(typed);
      if (!verdict.ok) return verdict;
      const { id, revision, ...before } = seen;
      await auditedChange(audit, eventOf(context, 'change', id, before, verdict.announcement), () =>
        register.changeAnnouncement({ id, revision, ...verdict.announcement }),
      );
      return { ok: true };
    },
    async remove({ id, revision, ...before }, context) {
      await auditedChange(audit, eventOf(context, 'remove', id, before, {}), () =>
        register.removeAnnouncement(id, revision),
      );
    },
  };
}
