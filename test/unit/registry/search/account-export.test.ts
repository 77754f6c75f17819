import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountSummary } from '#domain/account-listing.ts';
import { HufuError } from '#domain/errors.ts';
import { csvOf, sheetOf } from '#registry/search/account-export.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const summary: AccountSummary = { ...sampleAccount(), maskedNationalId: 'A123******', hasEmail: true };

async function* breakingOff(count: number): AsyncGenerator<AccountSummary> {
  for (let n = 0; n < count; n += 1) yield summary;
  throw new HufuError('not-permitted');
}

async function serve(body: () => AsyncIterable<AccountSummary>): Promise<string> {
  const app = new Koa();
  app.silent = true;
  app.use((ctx) => {
    ctx.body = csvOf(body(), 'zh-TW');
  });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a list that breaks off is cut, so that nobody takes it for a whole one', async () => {
  const origin = await serve(() => breakingOff(3));
  const answer = await fetch(origin);
  await expect(answer.text()).rejects.toThrow('terminated');
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

test('of a workbook nothing leaves at all', async () => {
  await expect(sheetOf(breakingOff(3), 'zh-TW')).rejects.toMatchObject({ code: 'not-permitted' });
});
