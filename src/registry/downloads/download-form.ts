/** What arrives for a download: titles and place, and perhaps a file, which is not read before the form is right. */
import { z } from 'zod';
import type { ArrivedFile, DownloadFault, TypedDownload } from '#administration/download-deeds.ts';
import { downloadPlaces } from '#domain/download-register.ts';
import { formText } from '#http/form.ts';
import { receiveUpload, type UploadedFile } from '#http/upload.ts';
import type { FieldError } from '#pages/field-error.ts';
import type { RegistryContext } from '../registry-session.ts';
import { readMarks, type ShownMarks } from '../seen-form.ts';

export const revisionText = z.string().regex(/^\d{1,15}$/);

const fields = z.strictObject({
  csrf: formText(100),
  revision: revisionText,
  shown: formText(4000).default(''),
  titleZh: formText(2000),
  titleEn: formText(2000),
  place: z.enum(downloadPlaces),
});

const maximumBytes = 20 * 1024 * 1024;

export interface PostedDownload {
  readonly typed: TypedDownload;
  readonly revision: number;
  /** What the form was filled with. */
  readonly shown: ShownMarks;
  readonly file: ArrivedFile | undefined;
}

/** Throws what `check` throws before a byte of the file is read, and `too-large` on the way. */
export function receiveDownload(
  ctx: RegistryContext,
  check: (token: string) => void,
): Promise<PostedDownload> {
  const form = {
    fileField: 'file',
    fields,
    maximumBytes,
    check: (posted: z.infer<typeof fields>) => {
      check(posted.csrf);
      return ctx.state.checkStillMay();
    },
  };
  return receiveUpload(ctx, form, async ({ csrf: _token, revision, shown, ...typed }, file) => ({
    typed,
    revision: Number(revision),
    shown: readMarks(shown),
    file: file && (await arrived(file)),
  }));
}

async function arrived({ name, content }: UploadedFile): Promise<ArrivedFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return { name, bytes: Buffer.concat(chunks) };
}

export function errorOf({ field, fault }: DownloadFault | { field: 'file'; fault: 'too-large' }): FieldError {
  return { field, message: `registry.downloads.error.${fault}`, code: 'R08' };
}
