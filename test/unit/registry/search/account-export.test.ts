import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import Koa from 'koa';
import readXlsxFile from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountSummary } from '#domain/account-listing.ts';
import { HufuError } from '#domain/errors.ts';
import { csvOf, workbookOf } from '#registry/search/account-export.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const summary: AccountSummary = { ...sampleAccount(), maskedNationalId: 'A123******', hasEmail: true };

async function* breakingOff(count: number): AsyncGenerator<AccountSummary> {
  for (let n = 0; n < count; n += 1) yield summary;
  throw new HufuError('not-permitted');
}

async function serve(body: () => Readable): Promise<string> {
  const app = new Koa();
  app.silent = true;
  app.use((ctx) => {
    ctx.body = body();
  });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ['CSV', csvOf],
  ['XLSX', workbookOf],
])('a list that breaks off is cut as %s, so that nobody takes it for a whole one', async (_, write) => {
  const origin = await serve(() => write(breakingOff(3000), 'zh-TW'));
  const answer = await fetch(origin);
  await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
});

test('its last line says so, wherever the cut is not seen', async () => {
  let text = '';
  const read = async () => {
    for await (const chunk of csvOf(breakingOff(2), 'zh-TW')) text += String(chunk);
  };
  await expect(read()).rejects.toMatchObject({ code: 'not-permitted' });
  expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(4);
  expect(text).toContain('清單未完成，請勿使用');
});

test('a workbook that was cut is none', async () => {
  const pieces: Buffer[] = [];
  const read = async () => {
    for await (const chunk of workbookOf(breakingOff(3000), 'zh-TW')) pieces.push(Buffer.from(chunk));
  };
  await expect(read()).rejects.toMatchObject({ code: 'not-permitted' });
  expect(pieces.length).toBeGreaterThan(0);
  await expect(readXlsxFile(Buffer.concat(pieces))).rejects.toThrow();
});
