import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HufuError } from '#domain/errors.ts';
import { boundBodies, mayGoOn, sendingBounds } from '#http/slow-senders.ts';
import { receiveUpload } from '#http/upload.ts';
import { createSetClock } from '../../support/set-clock.ts';
import { listeningApp } from './listening-app.ts';

const bounds = {
  bodyMs: 15_000,
  upload: { mostMs: 600_000, graceMs: 30_000, leastBytesPerSecond: 1000, everyMs: 5000 },
};

/** A hub that takes a form at `/form` and a file at `/upload`, the latter with the token `good` alone. */
async function world() {
  const clock = createSetClock();
  const reached = Promise.withResolvers<void>();
  const fields = z.strictObject({ csrf: z.string() });
  const check = ({ csrf }: { csrf: string }) => {
    if (csrf !== 'good') throw new HufuError('form-expired');
  };
  const app = await listeningApp(boundBodies(clock, bounds), async (ctx) => {
    if (ctx.path === '/form') {
      reached.resolve();
      ctx.body = `${(await text(ctx.req)).length}`;
      return;
    }
    const form = { fileField: 'file', fields, maximumBytes: 1_000_000, check };
    ctx.body = await receiveUpload(ctx, form, async (_, file) => {
      reached.resolve();
      return file ? `${(await text(file.content)).length}` : 'none';
    });
  });
  const socket = connect(Number(new URL(app.origin).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(() => answer);
  /** Until it has arrived at the other side is not to be seen from here: the handler says so, or the answer does. */
  const write = (piece: string) => socket.write(piece);
  return { clock, reached: reached.promise, socket, write, closed, answer: () => answer };
}

const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n` +
  'Content-Type: multipart/form-data; boundary=b\r\n\r\n';
const part = (token: string) =>
  `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${token}\r\n` +
  '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nxxxxx';
const end = '\r\n--b--\r\n';

test('an ordinary body has its seconds, and not one more', async () => {
  const late = await world();
  late.write(`${head('/form', 10)}12345`);
  await late.reached;
  await late.clock.advance(15_000);
  expect(await late.closed).toMatch(/^HTTP\/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n$/);

  const inTime = await world();
  inTime.write(`${head('/form', 10)}12345`);
  await inTime.reached;
  await inTime.clock.advance(14_999);
  inTime.write('67890');
  expect(await inTime.closed).toMatch(/^HTTP\/1.1 200 [^]*10$/);
  await inTime.clock.advance(1);
});

test('a body of unknown length is held to the same', async () => {
  const { write, reached, clock, closed } = await world();
  write('POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n');
  await reached;
  await clock.advance(15_000);
  expect(await closed).toContain('408');
});

describe('an upload', () => {
  const body = part('good');

  test('goes on for longer than other bodies as long as it comes', async () => {
    const { write, reached, clock, closed } = await world();
    const more = 'y'.repeat(200_000);
    write(head('/upload', body.length + more.length + end.length) + body);
    await reached;
    for (let seconds = 0; seconds < 30; seconds += 5) await clock.advance(5000);
    write(more + end);
    expect(await closed).toMatch(/^HTTP\/1.1 200 [^]*200005$/);
  });

  test('that stalls is cut off after the grace', async () => {
    const { write, reached, clock, closed } = await world();
    write(head('/upload', 900_000) + body);
    await reached;
    for (let seconds = 0; seconds < 35; seconds += 5) await clock.advance(5000);
    expect(await closed).toContain('408');
  });

  test('whose token is foreign has no more time than other bodies, answered or not', async () => {
    const { write, clock, closed, answer, socket } = await world();
    const foreign = part('bad');
    write(head('/upload', 900_000) + foreign);
    await once(socket, 'data');
    expect(answer()).toMatch(/^HTTP\/1.1 400 /);
    await clock.advance(15_000);
    expect(await closed).not.toContain('408');
  });

  test('that never gets to its token has no more time either', async () => {
    const { write, clock, closed, socket } = await world();
    write(head('/upload', 900_000));
    await once(socket, 'connect');
    // The request has reached the middleware once its timer waits: ask until it is so.
    for (let tries = 0; tries < 10_000 && !socket.destroyed; tries += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(15_000);
    }
    expect(await closed).toContain('408');
  });
});

test.each([
  [false, 14_999, 0, true],
  [false, 15_000, 1_000_000, false],
  [true, 30_000, 0, true],
  [true, 40_000, 16 * 1024 * 10, true],
  [true, 40_000, 16 * 1024 * 10 - 1, false],
  [true, 599_999, 20 * 1024 ** 2, true],
  [true, 600_000, 20 * 1024 ** 2, false],
])('upload %s, after %d ms with %d bytes: %s', (isUpload, elapsedMs, bytes, goesOn) => {
  expect(mayGoOn(sendingBounds, { isUpload, elapsedMs, bytes })).toBe(goesOn);
});
