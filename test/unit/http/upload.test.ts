import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HufuError } from '#domain/errors.ts';
import { formText } from '#http/form.ts';
import { receiveUpload } from '#http/upload.ts';
import { listeningApp } from './listening-app.ts';

const maximumBytes = 300_000;
const fields = z.strictObject({ csrf: formText(100), title: formText(100) });

/** What reached `take`, and how often `check` was asked, for one app. */
async function app() {
  const seen = { taken: [] as (string | undefined)[], checked: 0 };
  const listening = await listeningApp(async (ctx) => {
    const check = ({ csrf }: { csrf: string }) => {
      seen.checked += 1;
      if (csrf !== 'good') throw new HufuError('form-expired');
    };
    ctx.body = await receiveUpload(
      ctx,
      { fileField: 'file', fields, maximumBytes, check },
      async (form, file) => {
        seen.taken.push(file?.name);
        const hash = createHash('sha256');
        let length = 0;
        for await (const chunk of file?.content ?? []) {
          hash.update(chunk as Buffer);
          length += (chunk as Buffer).length;
        }
        return {
          title: form.title,
          name: file?.name ?? null,
          type: file?.type,
          length,
          hash: hash.digest('hex'),
        };
      },
    );
  });
  return { ...listening, seen };
}

type Part = [name: string, value: string | File];

async function post(parts: readonly Part[]) {
  const { origin, seen, escaped } = await app();
  const body = new FormData();
  for (const [name, value] of parts) body.append(name, value);
  const answer = await fetch(origin, { method: 'POST', body });
  const text = await answer.text();
  expect(escaped).toEqual([]);
  return { status: answer.status, text, seen };
}

const file = (bytes = 10, name = '名冊.csv'): File =>
  new File([new Uint8Array(bytes).fill(7)], name, { type: 'text/csv' });
const good: readonly Part[] = [
  ['csrf', 'good'],
  ['title', '標題 &'],
];

test('fields and file arrive whole, the name without folders', async () => {
  const bytes = 299_999;
  const { status, text } = await post([...good, ['file', file(bytes, 'C:\\夾\\名冊 1.csv')]]);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    title: '標題 &',
    name: '名冊 1.csv',
    type: 'text/csv',
    length: bytes,
    hash: createHash('sha256').update(new Uint8Array(bytes).fill(7)).digest('hex'),
  });
});

test('a form whose file was not chosen has none', async () => {
  const { status, text } = await post([...good, ['file', new File([], '')]]);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ name: null, length: 0 });
});

test('an empty file with a name is a file', async () => {
  const { text } = await post([...good, ['file', file(0)]]);
  expect(JSON.parse(text)).toMatchObject({ name: '名冊.csv', length: 0 });
});

describe('is refused before the file is read', () => {
  test('with a foreign token', async () => {
    const { status, seen } = await post([
      ['csrf', 'bad'],
      ['title', 'x'],
      ['file', file()],
    ]);
    expect(status).toBe(400);
    expect(seen).toEqual({ taken: [], checked: 1 });
  });

  const title: Part = ['title', 'x'];
  test.each<[string, Part[]]>([
    ['without its token', [title, ['file', file()]]],
    ['with the token behind the file', [title, ['file', file()], ['csrf', 'good']]],
    ['with a field too many', [...good, ['office', 'manager'], ['file', file()]]],
    ['with a field twice', [...good, ['title', 'y'], ['file', file()]]],
    [
      'with a field too long',
      [
        ['csrf', 'good'],
        ['title', 'x'.repeat(200)],
        ['file', file()],
      ],
    ],
    [
      'with a field longer than any',
      [
        ['csrf', 'good'],
        ['title', 'x'.repeat(20_000)],
        ['file', file()],
      ],
    ],
    ['with the file in another field', [...good, ['other', file()]]],
    ['with a field of the prototype', [...good, ['__proto__', 'x'], ['file', file()]]],
    ['with more fields than any form has', Array.from({ length: 30 }, (_, n): Part => [`f${n}`, 'x'])],
  ])('%s', async (_, parts) => {
    const { status, seen } = await post(parts);
    expect(status).toBe(400);
    expect(seen).toEqual({ taken: [], checked: 0 });
  });

  test('as announced larger than allowed, at once', async () => {
    const { send, seen } = await app();
    const head = ['Content-Type: multipart/form-data; boundary=b', 'Content-Length: 200000000'];
    const answer = await send('POST /', head, '');
    expect(answer.status).toBe(413);
    expect(seen).toEqual({ taken: [], checked: 0 });
  });

  test.each([
    ['an ordinary form', 'application/x-www-form-urlencoded'],
    ['JSON', 'application/json'],
    ['parts without a boundary', 'multipart/form-data; x=y'],
    ['mixed parts', 'multipart/mixed; boundary=b'],
  ])('as %s', async (_, type) => {
    const { send } = await app();
    expect((await send('POST /', [`Content-Type: ${type}`], 'csrf=good')).status).toBe(400);
  });

  test('compressed', async () => {
    const { send } = await app();
    const head = ['Content-Type: multipart/form-data; boundary=b', 'Content-Encoding: gzip'];
    expect((await send('POST /', head, 'x')).status).toBe(400);
  });
});

describe('is refused although the file was begun', () => {
  test('when it is too large', async () => {
    const { status } = await post([...good, ['file', file(maximumBytes + 1)]]);
    expect(status).toBe(413);
  });

  test('when its length was not announced and it is too large', async () => {
    const { origin } = await app();
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const encoder = new TextEncoder();
    async function* body() {
      yield encoder.encode(part('csrf', 'good') + part('title', 'x'));
      yield encoder.encode('--b\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\n');
      for (let sent = 0; sent < 4_000_000; sent += 100_000) yield new Uint8Array(100_000);
      yield encoder.encode('\r\n--b--\r\n');
    }
    const answer = await fetch(origin, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: ReadableStream.from(body()),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
  });

  test.each<[string, Part[]]>([
    ['when a field follows it', [...good, ['file', file()], ['more', 'x']]],
    ['when a second file follows it', [...good, ['file', file()], ['file', file()]]],
  ])('%s', async (_, parts) => {
    expect((await post(parts)).status).toBe(400);
  });

  test('when the body ends before its parts do', async () => {
    const { send } = await app();
    const body =
      '--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\ngood\r\n' +
      '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nx\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nbytes';
    const answer = await send('POST /', ['Content-Type: multipart/form-data; boundary=b'], body);
    expect(answer.status).toBe(400);
  });
});

test('a connection that breaks off ends the taking', async () => {
  const broken = Promise.withResolvers<unknown>();
  const { origin } = await listeningApp(async (ctx) => {
    const form = { fileField: 'file', fields: z.strictObject({}), maximumBytes, check: () => {} };
    await receiveUpload(ctx, form, async (_, file) => {
      try {
        for await (const chunk of file?.content ?? []) void chunk;
      } catch (error) {
        broken.resolve(error);
        throw error;
      }
    });
  });
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nbytes of the file',
    () => socket.destroy(),
  );
  expect(await broken.promise).toMatchObject({ code: 'bad-request' });
});
