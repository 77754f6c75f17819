import { expect, test } from 'vitest';
import { HufuError, type ErrorCode } from '#domain/errors.ts';
import { noteRefusals } from '#http/note-refusals.ts';
import { listeningApp } from './listening-app.ts';

async function notesOf(method: string, error: unknown): Promise<{ notes: string[]; status: number }> {
  const notes: string[] = [];
  const app = await listeningApp(
    async (ctx, next) => {
      ctx.state.address = '9.9.9.9';
      await next();
    },
    noteRefusals(async ({ address }, code) => notes.push(`${address} ${code}`)),
    async () => {
      throw error;
    },
  );
  const { status } = await app.send(`${method} /`);
  return { notes, status };
}

test.each<[ErrorCode, number]>([
  ['cross-site', 403],
  ['form-expired', 400],
  ['interaction-gone', 400],
  ['bad-request', 400],
])('a change refused for %s is noted once, and still refused', async (code, status) => {
  expect(await notesOf('POST', new HufuError(code))).toEqual({ notes: [`9.9.9.9 ${code}`], status });
});

test.each<ErrorCode>(['not-found', 'internal', 'store-unavailable', 'changed-meanwhile', 'too-large'])(
  '%s is not a refusal of this kind',
  async (code) => {
    expect((await notesOf('POST', new HufuError(code))).notes).toEqual([]);
  },
);

test('neither is what was only looked at, nor an error of a library', async () => {
  expect((await notesOf('GET', new HufuError('cross-site'))).notes).toEqual([]);
  expect((await notesOf('POST', new Error('x'))).notes).toEqual([]);
});

test('a refusal that cannot be noted fails', async () => {
  const app = await listeningApp(
    noteRefusals(() => Promise.reject(new HufuError('store-unavailable'))),
    async () => {
      throw new HufuError('cross-site');
    },
  );
  expect((await app.send('POST /')).status).toBe(503);
});
