/**
 * A posted form with one file (multipart/form-data, RFC 7578), taken in as it arrives. Order: announced length → text
 * fields, which stand before the file → their schema and `check` (form token, permission) → more time than other bodies
 * have (slow-senders.ts) → the file's content, as a stream → `check` again. What is refused before the file has cost nothing but the fields; the rest of the body is thrown away.
 */
import { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import { HufuError } from '#domain/errors.ts';
import type { RequestState } from './request-state.ts';

export interface UploadedFile {
  /** As the browser names it, without folders: for people to read, never a path. */
  readonly name: string;
  /** What the browser takes it for; unverified. */
  readonly type: string;
  /** Ends in `too-large` past the limit, in `bad-request` when the body breaks off. */
  readonly content: Readable;
}

export interface UploadForm<Schema extends z.ZodType> {
  /** Name of the file's field. */
  readonly fileField: string;
  /** Of the text fields; use z.strictObject and formText, as for parseForm. */
  readonly fields: Schema;
  readonly maximumBytes: number;
  /** Throws unless the form's token fits and the person may: before the file is read, and again when it has come, which takes minutes. */
  readonly check: (fields: z.infer<Schema>) => Promise<void> | void;
}

type Take<Schema extends z.ZodType, Result> = (
  fields: z.infer<Schema>,
  file: UploadedFile | undefined,
) => Promise<Result>;

/** Room for the text fields and what stands between the parts. */
const fieldBytes = 64 * 1024;

const limits = { fields: 20, fieldSize: 16 * 1024, files: 1, parts: 21, headerPairs: 20, headerSize: 8192 };

/**
 * Reads the form and hands its file to `take`; undefined when none was chosen. `take` stores at most what it can throw
 * away again: only when this resolves was the form whole. Throws `bad-request`, `too-large` and what check and take throw.
 */
export async function receiveUpload<Schema extends z.ZodType, Result>(
  ctx: ParameterizedContext,
  form: UploadForm<Schema>,
  take: Take<Schema, Result>,
): Promise<Result> {
  const parts = openParts(ctx, form);
  try {
    const { texts, file } = await parts.untilFile();
    const parsed = form.fields.safeParse(texts);
    if (!parsed.success) throw new HufuError('bad-request', { cause: parsed.error });
    await form.check(parsed.data);
    (ctx.state as Partial<RequestState>).bodyBound?.allowUpload();
    // A field for a file that nobody chose arrives without a name.
    const taken = take(parsed.data, file?.name === '' ? undefined : file);
    const result = await Promise.race([taken, parts.failure]);
    await parts.end();
    await form.check(parsed.data);
    return result;
  } finally {
    parts.close();
  }
}

interface Parts {
  /** The text fields, and the file that follows them. */
  untilFile(): Promise<{ texts: Record<string, string>; file: UploadedFile | undefined }>;
  /** Resolves when nothing follows the file. */
  end(): Promise<void>;
  /** Rejects when the body is not as it must be; never resolves. */
  readonly failure: Promise<never>;
  /** Leaves the rest of the body unread. */
  close(): void;
}

type Limits = Pick<UploadForm<z.ZodType>, 'fileField' | 'maximumBytes'>;

function openParts({ req }: ParameterizedContext, form: Limits): Parts {
  const parser = createParser(req.headers, form);
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  const first = Promise.withResolvers<UploadedFile | undefined>();
  const ended = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
  let stream: BusboyFileStream | undefined;

  const fail = (code: 'bad-request' | 'too-large', cause?: unknown) => {
    const error = new HufuError(code, { cause });
    failed.reject(error);
    stream?.destroy(error);
  };
  parser.on('field', (name, value, _nameCut, valueCut) => {
    // A field twice, one after the file, or one that was cut is not what our forms send.
    if (stream !== undefined || valueCut || name in texts) return fail('bad-request');
    texts[name] = value;
  });
  parser.on('file', (_field, content, name = '', _encoding, type) => {
    stream = content;
    content.on('error', () => {});
    content.on('limit', () => fail('too-large'));
    first.resolve({ name, type, content: Readable.from(content, { objectMode: false }) });
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.on(limit, () => fail('bad-request'));
  }
  parser.on('error', (cause) => fail('bad-request', cause));
  parser.on('finish', () => {
    first.resolve(undefined);
    ended.resolve();
  });
  const onClose = () => {
    if (!req.complete) fail('bad-request');
  };
  req.once('close', onClose);
  for (const { promise } of [failed, ended]) promise.catch(() => {});
  req.pipe(parser);

  return {
    failure: failed.promise,
    untilFile: async () => ({ file: await Promise.race([first.promise, failed.promise]), texts }),
    async end() {
      stream?.resume();
      await Promise.race([ended.promise, failed.promise]);
    },
    close() {
      req.off('close', onClose);
      req.unpipe(parser);
      stream?.destroy();
      req.resume();
    },
  };
}

function createParser(headers: ParameterizedContext['req']['headers'], { fileField, maximumBytes }: Limits) {
  const { 'content-type': type = '', 'content-length': length } = headers;
  const isPlain = headers['content-encoding'] === undefined;
  if (!/^multipart\/form-data;/i.test(type) || !isPlain) throw new HufuError('bad-request');
  if (Number(length ?? 0) > maximumBytes + fieldBytes) throw new HufuError('too-large');
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': type },
      limits: { ...limits, fileSize: maximumBytes },
      // Anything else is text, whatever it says of itself, and then a field too many.
      isPartAFile: (field) => field === fileField,
    });
  } catch (cause) {
    throw new HufuError('bad-request', { cause });
  }
}
