/** What programme officers do to the files that everybody may take, each between intent and outcome in the audit trail. */
import { auditedChange } from '#audit/audited-change.ts';
import { differences, keptThingChanged } from '#audit/registry-events.ts';
import type { AuditTrail } from '#audit/trail.ts';
import type { AuditContext } from '#domain/audit-store.ts';
import type {
  DownloadContent,
  DownloadFiles,
  DownloadPlace,
  DownloadRegister,
  KeptDownload,
} from '#domain/download-register.ts';
import { HufuError } from '#domain/errors.ts';
import type { Random } from '#domain/random.ts';
import { judgeFile, type FileFault } from './judge-file.ts';

export interface TypedDownload {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly place: DownloadPlace;
}

export interface ArrivedFile {
  /** As the browser calls it. */
  readonly name: string;
  readonly bytes: Buffer;
}

export type DownloadFault =
  | { readonly field: 'titleZh' | 'titleEn'; readonly fault: 'title' }
  | { readonly field: 'file'; readonly fault: FileFault | 'no-file' };

export type DownloadOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly faults: readonly DownloadFault[] };

const mostTitle = 200;

/** Those that take what was seen throw `changed-meanwhile` when it is no longer so. */
export interface DownloadDeeds {
  add(typed: TypedDownload, file: ArrivedFile | undefined, context: AuditContext): Promise<DownloadOutcome>;
  /** Without a file the one there is stays. */
  change(
    seen: KeptDownload,
    typed: TypedDownload,
    file: ArrivedFile | undefined,
    context: AuditContext,
  ): Promise<DownloadOutcome>;
  /** `version` is that of the list that was seen. */
  move(id: string, direction: 'up' | 'down', version: number, context: AuditContext): Promise<void>;
  remove(seen: KeptDownload, context: AuditContext): Promise<void>;
  /** Throws away bytes that no download has any more. */
  clear(): Promise<void>;
}

interface Dependencies {
  readonly register: DownloadRegister;
  readonly files: DownloadFiles;
  readonly audit: Pick<AuditTrail, 'intend' | 'settle'>;
  readonly random: Pick<Random, 'token'>;
}

type Verdict =
  | {
      readonly ok: true;
      readonly texts: Pick<KeptDownload, 'zh' | 'en' | 'place'>;
      readonly content: DownloadContent | undefined;
    }
  | { readonly ok: false; readonly faults: readonly DownloadFault[] };

export function createDownloadDeeds({ register, files, audit, random }: Dependencies): DownloadDeeds {
  /** Keeps the bytes of a file that is right, so that what refers to them never comes first. */
  async function take(
    typed: TypedDownload,
    file: ArrivedFile | undefined,
    needed: boolean,
  ): Promise<Verdict> {
    const [zh, en] = [tidied(typed.titleZh), tidied(typed.titleEn)];
    const verdict = file && judgeFile(file.name, file.bytes);
    const faults: DownloadFault[] = [
      ...(isTitle(zh) ? [] : [{ field: 'titleZh', fault: 'title' } as const]),
      ...(isTitle(en) ? [] : [{ field: 'titleEn', fault: 'title' } as const]),
      ...(needed && !file ? [{ field: 'file', fault: 'no-file' } as const] : []),
      ...(verdict && !verdict.ok ? [{ field: 'file', fault: verdict.fault } as const] : []),
    ];
    if (faults.length > 0) return { ok: false, faults };
    const texts = { zh, en, place: typed.place };
    if (!file || !verdict?.ok) return { ok: true, texts, content: undefined };
    const { name, kind } = verdict;
    const hash = await files.keep(file.bytes);
    return { ok: true, texts, content: { name, kind, size: file.bytes.length, hash } };
  }

  return {
    async add(typed, file, context) {
      const verdict = await take(typed, file, true);
      if (!verdict.ok) return verdict;
      const { texts, content } = verdict;
      if (!content) return { ok: false, faults: [{ field: 'file', fault: 'no-file' }] };
      const download = { id: random.token(9), ...texts, content };
      await auditedChange(audit, changed(context, 'add', download.id, {}, flat(download)), () =>
        register.addDownload(download),
      );
      return { ok: true };
    },

    async change(seen, typed, file, context) {
      const verdict = await take(typed, file, false);
      if (!verdict.ok) return verdict;
      const download = { ...seen, ...verdict.texts, content: verdict.content ?? seen.content };
      await auditedChange(audit, changed(context, 'change', seen.id, flat(seen), flat(download)), () =>
        register.changeDownload(download),
      );
      return { ok: true };
    },

    async move(id, direction, version, context) {
      const order = (await register.listDownloads()).map((each) => each.id);
      const place = order.indexOf(id) + 1;
      const next = direction === 'up' ? place - 1 : place + 1;
      if (place === 0 || next < 1 || next > order.length) throw new HufuError('changed-meanwhile');
      const event = changed(context, 'move', id, { position: place }, { position: next });
      await auditedChange(audit, event, () => register.moveDownload(id, direction, version));
    },

    async remove(seen, context) {
      await auditedChange(audit, changed(context, 'remove', seen.id, flat(seen), {}), () =>
        register.removeDownload(seen.id, seen.revision),
      );
    },

    clear: () =>
      files.removeOthers(
        async () => new Set((await register.listDownloads()).map(({ content }) => content.hash)),
      ),
  };
}

function tidied(text: string): string {
  return text.normalize('NFC').trim();
}

/** One line that reads in its own direction. */
function isTitle(text: string): boolean {
  const isPlain = !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text);
  return text !== '' && [...text].length <= mostTitle && isPlain;
}

type Facts = Readonly<Record<string, string | number>>;

/** As the trail keeps it: what was taken away stays known by its hash. */
function flat({ zh, en, place, content }: Omit<KeptDownload, 'id' | 'revision'>): Facts {
  const { name, size, hash } = content;
  return { zh, en, place, file: name, size, hash };
}

function changed(context: AuditContext, verb: string, id: string, before: Facts, after: Facts) {
  return keptThingChanged(context, `download.${verb}`, { id, changes: differences(before, after) });
}
