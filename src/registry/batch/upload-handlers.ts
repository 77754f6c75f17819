/** Handing in a file of officials (公務員註冊檔案上傳): read as a whole first, then its lines are kept and checked elsewhere. */
import { z } from 'zod';
import type { AccountImports, ReceiveOutcome } from '#accounts/import/account-imports.ts';
import type { Warrant } from '#accounts/warrant.ts';
import type { AccountId } from '#domain/account.ts';
import { HufuError, isHufuError } from '#domain/errors.ts';
import { formText } from '#http/form.ts';
import { textEncodings, type TextEncoding } from '#http/table/decode-text.ts';
import { readTable } from '#http/table/read-table.ts';
import { TableError } from '#http/table/table-error.ts';
import { receiveUpload, type UploadedFile } from '#http/upload.ts';
import type { FieldError } from '#pages/field-error.ts';
import { viewOf } from '#pages/view-of.ts';
import { contextOf, type RegistryContext, type RegistryHandler } from '../registry-session.ts';
import { optionsOf, type RegistryParts } from '../registry-parts.ts';
import { noWarrant, readWarrant, warrantFields, type TypedWarrant } from '../warrant-form.ts';
import { beginsWithHead, importRows, judgeHead } from './batch-columns.ts';
import type { BatchUploadModel } from './batch-model.ts';
import { batchHref, grouped, hrefOf } from './batch-view.ts';
import { headError, tableError } from './upload-errors.ts';

const uploadForm = z.strictObject({
  csrf: formText(100),
  encoding: z.enum(['auto', ...textEncodings]),
  ...warrantFields,
});

export interface BatchLimits {
  readonly maximumLines: number;
  readonly maximumMegabytes: number;
}

interface Dependencies extends RegistryParts {
  readonly imports: Pick<AccountImports, 'receive'>;
  readonly limits: BatchLimits;
}

interface Upload {
  readonly typed: TypedWarrant & { readonly encoding: 'auto' | TextEncoding };
  readonly file: { readonly name: string; readonly bytes: Buffer } | undefined;
}

interface Faults {
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly typed?: Upload['typed'];
}

export type UploadHandlers = Readonly<Record<'showUpload' | 'upload', RegistryHandler>>;

export function uploadHandlers({ views, csrf, frame, imports, limits }: Dependencies): UploadHandlers {
  const page = views.page<BatchUploadModel>(new URL('./upload.hbs', import.meta.url));
  /** Whose file is being read: it is held in memory, and not yet counted among those that are open. */
  const reading = new Set<AccountId>();
  const params = { megabytes: limits.maximumMegabytes, lines: grouped(limits.maximumLines) };

  async function show(ctx: RegistryContext, { status, errors, typed }: Faults): Promise<void> {
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = page(viewOf(ctx, `${batchHref}/new`), {
      ...(await frame.of(ctx.state, 'batch')),
      csrf: csrf.issue(ctx.state.session.uid),
      errors,
      backHref: batchHref,
      encodings: optionsOf(['auto', 'utf-8', 'big5', 'gb18030'], [typed?.encoding ?? 'auto']),
      warrant: typed ?? noWarrant,
      limits: params,
    });
  }

  function take(ctx: RegistryContext): Promise<Upload> {
    const check = (form: { csrf: string }) => {
      csrf.check(ctx.state.session.uid, form.csrf);
      return ctx.state.checkStillMay();
    };
    const maximumBytes = limits.maximumMegabytes * 1024 * 1024;
    const form = { fileField: 'file', fields: uploadForm, maximumBytes, check };
    return receiveUpload(ctx, form, async ({ csrf: _csrf, ...typed }, file) => ({
      typed,
      file: file && { name: file.name, bytes: await bytesOf(file) },
    }));
  }

  /** Reads head and lines; a fault of the file is an error of its field. */
  async function receive(
    ctx: RegistryContext,
    { typed, file }: Upload,
    warrant: Warrant,
  ): Promise<ReceiveOutcome | FieldError> {
    const { actor, language } = ctx.state;
    if (!file) return { field: 'file', message: 'registry.batch.error.no-file', code: 'B01' };
    try {
      const { encoding: named } = typed;
      const { encoding, head, rows } = await readTable(file.bytes, {
        maximumLines: limits.maximumLines,
        isLikely: beginsWithHead,
        ...(named !== 'auto' && { encoding: named }),
      });
      const verdict = judgeHead(head, language);
      if (!verdict.ok) return headError(verdict, language);
      const told = { name: file.name.slice(0, 200), encoding, rows: importRows(rows, verdict.columns) };
      return await imports.receive(actor, told, warrant, contextOf(ctx));
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      return tableError(error, params.lines);
    }
  }

  async function upload(ctx: RegistryContext): Promise<void> {
    let upload: Upload;
    try {
      upload = await take(ctx);
    } catch (error) {
      if (!isHufuError(error, 'too-large')) throw error;
      const message = 'registry.batch.error.too-large';
      return show(ctx, { status: 413, errors: [{ field: 'file', message, params, code: 'B02' }] });
    }
    const { typed } = upload;
    const warranted = readWarrant(typed);
    if (!warranted.ok) return show(ctx, { status: 422, errors: warranted.errors, typed });
    const received = await receive(ctx, upload, warranted.warrant);
    if ('field' in received) return show(ctx, { status: 422, errors: [received], typed });
    if (!received.ok && received.reason === 'not-permitted') throw new HufuError('not-permitted');
    if (!received.ok) return show(ctx, { status: 409, errors: [tooMany], typed });
    ctx.status = 303;
    ctx.redirect(hrefOf(received.id));
  }

  return {
    showUpload: (ctx) => show(ctx, { status: 200, errors: [] }),

    async upload(ctx) {
      const { id } = ctx.state.actor;
      if (reading.has(id)) return show(ctx, { status: 409, errors: [another] });
      reading.add(id);
      try {
        await upload(ctx);
      } finally {
        reading.delete(id);
      }
    },
  };
}

const tooMany = { field: '', message: 'registry.batch.error.too-many', code: 'B03' } as const;
const another = { field: '', message: 'registry.batch.error.another', code: 'B08' } as const;

async function bytesOf({ content }: UploadedFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
