import { bodyParser } from '@koa/bodyparser';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formList, formText, parseForm } from '#http/form.ts';
import { listeningApp } from './listening-app.ts';

const schema = z.strictObject({ name: formText(10), note: formText(10).default('') });

/** Behind the body parser as the server sets it up. */
const app = () =>
  listeningApp(bodyParser({ enableTypes: ['form'], formLimit: '64kb', encoding: 'utf-8' }), (ctx) => {
    const form = parseForm(ctx, schema);
    ctx.body = { form, polluted: ({} as { evil?: unknown }).evil !== undefined };
  });

const type = 'Content-Type: application/x-www-form-urlencoded';

async function post(body: string, ...headers: string[]) {
  const { send, escaped } = await app();
  const answer = await send('POST /', headers.length > 0 ? headers : [type], body);
  expect(escaped).toEqual([]);
  return answer;
}

test('a form is read', async () => {
  const answer = await post('name=%E7%8E%8B+%26');
  expect(JSON.parse(answer.body)).toEqual({ form: { name: '王 &', note: '' }, polluted: false });
});

describe('a form is refused', () => {
  test.each([
    ['with a field too many', 'name=x&role=admin'],
    ['without a field', 'note=x'],
    ['with a field twice', 'name=x&name=y'],
    ['with a list', 'name[]=x'],
    ['with an object', 'name[a]=x'],
    ['with a field too long', `name=${'x'.repeat(11)}`],
    ['with NUL', 'name=x%00'],
    ['with fields of the prototype beside it', 'name=x&__proto__x=1'],
    ['empty', ''],
  ])('%s', async (_, body) => {
    expect((await post(body)).status).toBe(400);
  });

  test.each([
    ['JSON', 'Content-Type: application/json', '{"name":"x"}'],
    ['JSON called text', 'Content-Type: text/plain', '{"name":"x"}'],
    ['a form of parts', 'Content-Type: multipart/form-data; boundary=x', '--x\r\n\r\nname=x\r\n--x--'],
    ['a form without a type', 'X-Other: 1', 'name=x'],
  ])('as %s', async (_, header, body) => {
    expect((await post(body, header)).status).toBe(400);
  });

  test('when it is too large', async () => {
    expect((await post(`name=${'x'.repeat(70_000)}`)).status).toBe(413);
  });

  test('when it came with a GET', async () => {
    const { send } = await app();
    expect((await send('GET /', [type], 'name=x')).status).toBe(400);
    expect((await send('HEAD /', [type], 'name=x')).status).toBe(400);
  });
});

test.each(['__proto__[evil]=1', 'constructor[prototype][evil]=1', '__proto__=1', 'name[__proto__][evil]=1'])(
  'keys of the prototype (%s) reach neither the form nor the prototype',
  async (more) => {
    const answer = await post(`name=x&${more}`);
    // The parser leaves some of them out; what it leaves in is a field too many.
    if (answer.status !== 400) {
      expect(JSON.parse(answer.body)).toEqual({ form: { name: 'x', note: '' }, polluted: false });
    }
    expect(({} as { evil?: unknown }).evil).toBeUndefined();
  },
);

test('an own key of the name __proto__ is a field too many', () => {
  const body: unknown = JSON.parse('{"name":"x","__proto__":{"role":"admin"}}');
  expect(schema.safeParse(body).success).toBe(false);
});

describe('boxes of one name', () => {
  const boxes = z.strictObject({ role: formList(40, 5) });
  const send = async (values: readonly string[]) => {
    const { send } = await listeningApp(
      bodyParser({ enableTypes: ['form'], formLimit: '64kb', encoding: 'utf-8' }),
      (ctx) => {
        ctx.body = parseForm(ctx, boxes);
      },
    );
    return send('POST /', [type], values.map((value) => `role=${value}`).join('&') || 'x');
  };

  test.each([1, 2, 20, 21, 40])('%i of them come as a list', async (count) => {
    const values = Array.from({ length: count }, (_, at) => `r${at}`);
    expect(JSON.parse((await send(values)).body)).toEqual({ role: values });
  });

  test('are refused when there are too many, or one is too long', async () => {
    expect((await send(Array.from({ length: 41 }, () => 'r'))).status).toBe(400);
    expect((await send(['r', 'toolong'])).status).toBe(400);
  });

  test('may be none, and nothing else', () => {
    expect(boxes.parse({})).toEqual({ role: [] });
    for (const role of [{ a: 'x' }, { 0: { x: 'y' } }, [['x']], 7]) {
      expect(boxes.safeParse({ role }).success).toBe(false);
    }
  });
});
