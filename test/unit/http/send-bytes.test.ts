import { expect, test } from 'vitest';
import { sendBytes } from '#http/send-bytes.ts';
import { listeningApp } from './listening-app.ts';

const bytes = Buffer.from('0123456789');

const ask = async (...headers: readonly string[]) => {
  const app = await listeningApp((ctx) => sendBytes(ctx, bytes, 'audio/wav'));
  return app.send('GET /', headers);
};

test('gives the whole with its type and a tag, and nothing to whoever has it', async () => {
  const whole = await ask();
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-type')).toBe('audio/wav');
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(whole.body).toBe('0123456789');
  const again = await ask(`If-None-Match: ${whole.headers.get('etag')}`);
  expect(again.status).toBe(304);
});

test.each([
  ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
  ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=5-2', 200, '0123456789', null],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['lines=0-1', 200, '0123456789', null],
])('for the range %s answers %i', async (range, status, body, contentRange) => {
  const answer = await ask(`Range: ${range}`);
  expect(answer.status).toBe(status);
  expect(answer.body).toBe(body);
  expect(answer.headers.get('content-range')).toBe(contentRange);
});
