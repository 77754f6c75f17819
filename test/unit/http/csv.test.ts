import { expect, test } from 'vitest';
import { csvLine } from '#http/csv.ts';

test.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '＝1'])(
  'the cell %j is shown, not computed',
  (value) => {
    expect(csvLine([value])).toBe(`"'${value}"\r\n`);
  },
);

test('commas, quotes and line ends stay within their cell', () => {
  expect(csvLine(['a,b', 'say "x"', 'a\nb', 'plain', ''])).toBe('"a,b","say ""x""","a\nb",plain,\r\n');
});

test('what other programs take for the end of a cell begins no formula behind it', () => {
  expect(csvLine(['王;=1+1', '王\t=1+1'])).toBe('"王;=1+1","王\t=1+1"\r\n');
});
