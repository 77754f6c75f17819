import { expect, test } from 'vitest';
import { parseMailAddress } from '#domain/mail.ts';

test.each([
  'ming@example.gov.tw',
  "o'hara+tag@sub-domain.example.gov.tw",
  'A.B_c-1@EXAMPLE.tw',
  'root@localhost',
  `${'a'.repeat(64)}@example.tw`,
])('%s is an address', (text) => {
  expect(parseMailAddress(text)).toBe(text);
});

test.each([
  ['a header in it', 'ming@example.gov.tw\r\nBcc: evil@example.com'],
  ['a line end', 'ming@example.gov.tw\n'],
  ['a header in front', 'x\r\nBcc: y@example.tw'],
  ['a second recipient', 'ming@example.gov.tw,evil@example.com'],
  ['a second recipient after a semicolon', 'ming@example.gov.tw;evil@example.com'],
  ['a display name', 'Ming <ming@example.gov.tw>'],
  ['angle brackets', '<ming@example.gov.tw>'],
  ['a quoted part', '"ming wang"@example.gov.tw'],
  ['a comment', 'ming(x)@example.gov.tw'],
  ['a route', '@evil.example:ming@example.gov.tw'],
  ['two signs', 'ming@evil@example.gov.tw'],
  ['a space', 'ming @example.gov.tw'],
  ['a tab', 'ming\t@example.gov.tw'],
  ['NUL', 'ming\0@example.gov.tw'],
  ['full-width letters', 'ｍｉｎｇ@example.gov.tw'],
  ['a domain in Chinese', 'ming@範例.tw'],
  ['a domain literal', 'ming@[127.0.0.1]'],
  ['no domain', 'ming@'],
  ['no name', '@example.gov.tw'],
  ['a dot behind', 'ming@example.tw.'],
  ['two dots in the domain', 'ming@example..tw'],
  ['a hyphen at a label', 'ming@-example.tw'],
  ['a name of 65', `${'a'.repeat(65)}@example.tw`],
  ['more than 254', `a@${'b'.repeat(60)}.${'c'.repeat(200)}.tw`],
  ['nothing', ''],
])('refused: %s', (_, text) => {
  expect(parseMailAddress(text)).toBeUndefined();
});

test('a hostile domain is judged without going back over it again and again', () => {
  const judged: string[] = [];
  for (const text of [`a@${'a'.repeat(251)}!`, `a@${'a-'.repeat(125)}`, `a@${'a.'.repeat(125)}!`]) {
    if (parseMailAddress(text) === undefined) judged.push(text);
  }
  expect(judged).toHaveLength(3);
});
