import { describe, expect, test } from 'vitest';
import { errorStatus, HufuError, type ErrorCode } from '#domain/errors.ts';
import { listeningApp } from './listening-app.ts';

const failing = (error: unknown) =>
  listeningApp(async (ctx) => {
    ctx.state.requestId = 'r1';
    throw error;
  });

const answerTo = async (error: unknown) => {
  const app = await failing(error);
  const { status, body } = await app.send('GET /x', ['Accept: application/json']);
  return { status, body: JSON.parse(body) as unknown, log: app.log.lines };
};

test.each(Object.entries(errorStatus))('%s is answered with %i', async (code, status) => {
  expect(await answerTo(new HufuError(code as ErrorCode))).toMatchObject({
    status,
    body: { error: code, request_id: 'r1' },
  });
});

describe('an error of a library', () => {
  test.each([
    [400, 400, 'bad-request'],
    [404, 404, 'not-found'],
    [405, 405, 'method-not-allowed'],
    [413, 413, 'too-large'],
    [415, 400, 'bad-request'],
    [403, 400, 'bad-request'],
    [429, 400, 'bad-request'],
    [499, 400, 'bad-request'],
    [500, 500, 'internal'],
    [503, 500, 'internal'],
    [200, 500, 'internal'],
    ['404', 500, 'internal'],
    [undefined, 500, 'internal'],
  ])('of status %s is answered with %i %s', async (given, status, error) => {
    const thrown = Object.assign(new Error('A123456789 <script>'), { status: given });
    const answer = await answerTo(thrown);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(JSON.stringify(answer.body)).not.toContain('A123456789');
  });

  test.each([['text'], [null], [undefined], [42], [{ status: 404 }]])(
    'that is no Error: %j',
    async (thrown) => {
      const { status } = await answerTo(thrown);
      expect(status).toBe(thrown !== null && typeof thrown === 'object' ? 404 : 500);
    },
  );
});

test('the cause of a failure goes to the log, a refusal is no failure', async () => {
  const cause = new Error('what went wrong');
  const failure = await answerTo(new HufuError('directory-unavailable', { cause }));
  expect(failure.log).toEqual([
    {
      level: 'error',
      event: 'request failed',
      fields: { requestId: 'r1', code: 'directory-unavailable', error: cause },
    },
  ]);
  const refusal = await answerTo(new HufuError('form-expired', { cause }));
  expect(refusal.log).toEqual([
    { level: 'debug', event: 'request refused', fields: { requestId: 'r1', code: 'form-expired' } },
  ]);
});

test('people get a page in their language, programs JSON; neither is stored', async () => {
  const app = await listeningApp(async (ctx) => {
    if (ctx.path === '/en') ctx.state.language = 'en';
    throw new HufuError('store-unavailable');
  });
  const page = await app.send('GET /a', ['Accept: text/html,*/*']);
  expect([page.status, page.body]).toEqual([503, '<p>zh-TW store-unavailable /a</p>']);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('retry-after')).toBe('5');
  expect((await app.send('GET /en')).body).toContain('en store-unavailable');
  const json = await app.send('GET /a', ['Accept: application/json']);
  expect(json.headers.get('content-type')).toMatch(/^application\/json/);
  expect(json.headers.get('cache-control')).toBe('no-store');
});

test('what nothing answers is not found, for HEAD without a body', async () => {
  const app = await listeningApp();
  expect((await app.send('GET /nowhere')).status).toBe(404);
  const head = await app.send('HEAD /nowhere');
  expect([head.status, head.body]).toEqual([404, '']);
});

test('a handler that answers 404 with its own words is left alone', async () => {
  const app = await listeningApp((ctx) => {
    ctx.status = 404;
    ctx.body = 'own words';
  });
  expect((await app.send('GET /')).body).toBe('own words');
});

test('what was set before the failure does not stay in the answer', async () => {
  const app = await listeningApp(async (ctx) => {
    ctx.body = Buffer.alloc(1000);
    ctx.type = 'application/pdf';
    ctx.set('Cache-Control', 'public');
    throw new Error('late');
  });
  const answer = await app.send('GET /');
  expect([answer.status, answer.body]).toEqual([500, '<p>zh-TW internal /</p>']);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('after an answer has begun the connection is cut', async () => {
  const app = await listeningApp(async (ctx) => {
    ctx.respond = false;
    ctx.res.writeHead(200, { 'Content-Length': '100' });
    ctx.res.write('half');
    throw new Error('midway');
  });
  const answer = await app.send('GET /');
  expect(answer.body).not.toContain('internal');
  expect(app.escaped).toEqual([]);
});

test('an error before the answer of somebody who answers by himself is answered', async () => {
  const app = await listeningApp(async (ctx) => {
    ctx.respond = false;
    throw new HufuError('not-permitted');
  });
  expect((await app.send('GET /')).status).toBe(403);
});
