import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, type LogOptions } from '#src/compose/create-log.ts';
import { HufuError } from '#domain/errors.ts';

interface Described {
  name: string;
  code?: string | number;
  frames?: string[];
  cause?: Described;
}

interface Line {
  msg: string;
  level: number;
  error?: Described;
}

/** A log to a file of its own, and its lines as they stand there. */
function fileLog(level: LogOptions['level'] = 'debug') {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'deep', 'hufu.log');
  const log = createLog({ level, file });
  const text = () => readFileSync(file, 'utf8');
  const lines = () =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  return { log, text, lines };
}

const logged = (error: unknown) => {
  const { log, text, lines } = fileLog();
  log.error('it failed', { error });
  return { text: text(), error: lines()[0]?.error };
};

test('one line of JSON for each event, from the level asked for', () => {
  const { log, lines } = fileLog('warn');
  log.debug('a');
  log.info('b');
  log.warn('c', { count: 1 });
  log.error('d');
  expect(lines().map(({ msg }) => msg)).toEqual(['c', 'd']);
  expect(lines()[0]).toMatchObject({
    msg: 'c',
    count: 1,
    time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
  });
  expect(lines()[0]).not.toHaveProperty('hostname');
});

test('a text with line ends forges no line', () => {
  const { log, lines } = fileLog();
  log.info('a\n{"msg":"forged"}', { route: 'b\r\n{"msg":"forged"}' });
  expect(lines()).toHaveLength(1);
});

test('of an error only name, code and places are written', () => {
  const error = Object.assign(new TypeError('A123456789 of 王小明'), {
    code: 'E_SAMPLE',
    detail: 'A123456789',
  });
  const { text, error: described } = logged(error);
  expect(text).not.toMatch(/A123456789|王小明/);
  expect(described).toMatchObject({ name: 'TypeError', code: 'E_SAMPLE' });
  expect(described?.frames?.[0]).toMatch(/^at .*create-log\.test\.ts:\d+:\d+/);
});

test.each([
  ['frames', 'x\n    at A123456789 (secret.ts:1:1)\n    at secret'],
  ['frames alone', '    at A123456789 (secret.ts:1:1)'],
  ['frames behind other line ends', 'x\r\n\tat A123456789 (secret.ts:1:1)'],
])('a message that looks like %s is not written', (_, message) => {
  const { text, error } = logged(new Error(message));
  expect(text).not.toMatch(/A123456789|secret/);
  expect(error?.frames?.[0]).toMatch(/create-log\.test\.ts/);
});

test('after a change of the message no line of the stack is trusted', () => {
  const error = new Error('x\n    at A123456789 (secret.ts:1:1)');
  // The stack is written when it is first asked for.
  expect(error.stack).toContain('secret');
  error.message = 'another one';
  const { text, error: described } = logged(error);
  expect(text).not.toMatch(/A123456789|secret/);
  expect(described).toEqual({ name: 'Error' });
});

test('causes are written the same way, three deep', () => {
  const root = new Error('A123456789');
  const { text, error } = logged(
    new HufuError('internal', {
      cause: new Error('1', { cause: new Error('2', { cause: new Error('3', { cause: root }) }) }),
      facts: { of: 'A123456789' },
    }),
  );
  expect(text).not.toContain('A123456789');
  expect(error).toMatchObject({ name: 'HufuError', code: 'internal', cause: { cause: { cause: {} } } });
  expect(error?.cause?.cause?.cause).not.toHaveProperty('cause');
});

test('an error that is its own cause ends', () => {
  const error = new Error('x');
  error.cause = error;
  expect(logged(error).error).toMatchObject({ cause: { cause: { cause: { name: 'Error' } } } });
});

test.each<[string, unknown, object]>([
  ['a text', 'A123456789', { name: 'string' }],
  ['an object', { message: 'A123456789' }, { name: 'object' }],
  ['null', null, { name: 'object' }],
  ['a cause that is a text', new Error('x', { cause: 'A123456789' }), { cause: { name: 'string' } }],
  ['a name that is none', Object.assign(new Error('x'), { name: 'A123456789\n' }), { name: 'Error' }],
])('of what is thrown as %s nothing is quoted', (_, thrown, described) => {
  const { text, error } = logged(thrown);
  expect(text).not.toContain('A123456789');
  expect(error).toMatchObject(described);
});

test.each(['a code with spaces', 'x'.repeat(65), '身分證', { a: 1 }])('the code %j is left out', (code) => {
  expect(logged(Object.assign(new Error('x'), { code })).error).not.toHaveProperty('code');
});
