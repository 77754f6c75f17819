import { expect, test } from 'vitest';
import { formatMarks, marksOf, mergeForm, readMarks, withStored } from '#registry/seen-form.ts';

interface Form {
  readonly name: string;
  readonly lines: string;
  readonly systems: readonly string[];
  readonly ticked?: 'yes' | undefined;
}
const before: Form = { name: 'a', lines: '1\n2', systems: ['x', 'y'], ticked: undefined };
const shown = readMarks(formatMarks(marksOf(before)));

test('what nobody has changed is told of nothing, however a browser sends it', () => {
  const mine = { ...before, name: ' a ', lines: '1\r\n2', systems: ['y', 'x'] };
  expect(mergeForm<Form>(shown, mine, before)).toEqual({ typed: before, differences: {} });
});

test('what I left alone follows the other one', () => {
  const now: Form = { name: 'b', lines: '', systems: [], ticked: 'yes' };
  expect(mergeForm<Form>(shown, before, now)).toEqual({
    typed: now,
    differences: {
      name: { kind: 'theirs', stored: 'b' },
      lines: { kind: 'theirs', stored: '' },
      systems: { kind: 'theirs', stored: '' },
      ticked: { kind: 'theirs', stored: 'yes' },
    },
  });
});

test('what both have changed stands as mine, with theirs beside it', () => {
  const mine: Form = { ...before, name: 'm', systems: ['x'] };
  const now: Form = { ...before, name: 't', systems: ['z', 'w'] };
  expect(mergeForm<Form>(shown, mine, now)).toEqual({
    typed: mine,
    differences: {
      name: { kind: 'conflict', stored: 't' },
      systems: { kind: 'conflict', stored: 'w\nz' },
    },
  });
  expect(mergeForm<Form>(shown, mine, mine).differences).toEqual({});
});

test.each(['', 'null', '[]', '{"name":1}', '{"name":{"a":1}}', `{"name":"${'x'.repeat(41)}"}`])(
  'marks that are none count as not shown: %s',
  (text) => {
    expect(readMarks(text)).toEqual({});
    const { typed, differences } = mergeForm<Form>(readMarks(text), before, { ...before, name: 'b' });
    expect(typed.name).toBe('a');
    expect(differences).toEqual({ name: { kind: 'conflict', stored: 'b' } });
  },
);

test('options say what the other one has chosen, those that are none any more, too', () => {
  const options = [
    { value: 'x', chosen: true },
    { value: 'y', chosen: false },
  ];
  expect(withStored(options, undefined)).toBe(options);
  expect(withStored(options, { kind: 'theirs', stored: 'x' })).toBe(options);
  expect(withStored(options, { kind: 'conflict', stored: 'gone\ny' })).toEqual([
    { value: 'x', chosen: true, stored: false },
    { value: 'y', chosen: false, stored: true },
    { value: 'gone', text: 'gone', chosen: false, stored: true },
  ]);
});
