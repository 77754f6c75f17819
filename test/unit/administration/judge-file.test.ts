import { describe, expect, test } from 'vitest';
import { judgeFile } from '#administration/judge-file.ts';
import { mintZip } from '../../support/mint-zip.ts';

const entriesOf = (...names: readonly string[]) => names.map((name) => ({ name, content: '<x/>' }));
const officeDocument = (...parts: readonly string[]) => mintZip(entriesOf('[Content_Types].xml', ...parts));
const odt = 'application/vnd.oasis.opendocument.text';
const ods = 'application/vnd.oasis.opendocument.spreadsheet';
const openDocument = (type: string, ...more: readonly string[]) =>
  mintZip([{ name: 'mimetype', content: type, method: 0 }, ...entriesOf('content.xml', ...more)]);
const bytesOf = (text: string) => Buffer.from(text, 'latin1');

const docx = officeDocument('word/document.xml');
const right: readonly (readonly [string, string, Buffer])[] = [
  ['手冊.pdf', 'pdf', bytesOf('%PDF-1.7')],
  ['手冊.PDF', 'pdf', bytesOf('%PDF-1.7')],
  ['a.png', 'png', bytesOf('\x89PNG\r\n\x1a\n...')],
  ['a.jpg', 'jpg', bytesOf('\xff\xd8\xff\xe0')],
  ['a.jpeg', 'jpg', bytesOf('\xff\xd8\xff\xe0')],
  ['a.docx', 'docx', docx],
  ['a.xlsx', 'xlsx', officeDocument('xl/workbook.xml')],
  ['a.odt', 'odt', openDocument(odt)],
  ['a.ods', 'ods', openDocument(ods)],
  ['a.csv', 'csv', Buffer.from('\uFEFF姓名,OID\r\n')],
  ['a.txt', 'txt', Buffer.from('一行\n\t二')],
];

test.each(right)('%s is a %s', (name, kind, bytes) => {
  expect(judgeFile(name, bytes)).toEqual({ ok: true, name, kind });
});

describe('no file passes for one of another kind', () => {
  for (const [name, kind] of right) {
    const others = right.filter((each) => each[1] !== kind && !['csv', 'txt'].includes(each[1]));
    test.each(others)(`${name}: %s`, (_, __, bytes) => {
      const isText = ['csv', 'txt'].includes(kind) && bytes.toString('latin1').startsWith('%PDF');
      expect(judgeFile(name, bytes).ok).toBe(isText);
    });
  }
});

test.each<[string, string, Buffer]>([
  ['HTML called PDF', 'a.pdf', bytesOf('<html>')],
  ['a PDF that begins later', 'a.pdf', bytesOf('<html>%PDF-')],
  ['nothing', 'a.txt', Buffer.alloc(0)],
  ['markup called text', 'a.txt', bytesOf(' \r\n<script>')],
  ['markup behind a mark', 'a.csv', Buffer.from('\uFEFF<html>')],
  ['text with a NUL', 'a.txt', bytesOf('a\0b')],
  ['text in Big5', 'a.csv', Buffer.from([0xa5, 0xd2])],
  ['an archive of something', 'a.docx', mintZip(entriesOf('run.exe'))],
  ['an archive cut off', 'a.docx', docx.subarray(0, docx.length - 30)],
  [
    'an archive without entries',
    'a.docx',
    Buffer.concat([bytesOf('PK\x03\x04'), bytesOf('PK\x05\x06'), Buffer.alloc(18)]),
  ],
  ['a document of another type', 'a.odt', openDocument(`${odt}-template`)],
  [
    'a type behind other entries',
    'a.odt',
    mintZip([...entriesOf('content.xml'), { name: 'mimetype', content: odt, method: 0 }]),
  ],
])('%s is not what it says', (_, name, bytes) => {
  expect(judgeFile(name, bytes)).toEqual({ ok: false, fault: 'content' });
});

test('an archive that announces more than any has is not walked through', () => {
  const many = Buffer.from(docx);
  many.writeUInt16LE(0xffff, many.length - 12);
  expect(judgeFile('a.docx', many)).toEqual({ ok: false, fault: 'content' });
});

test.each<[string, string, Buffer]>([
  ['VBA', 'a.docx', officeDocument('word/document.xml', 'word/vbaProject.bin')],
  ['VBA in a workbook', 'a.xlsx', officeDocument('xl/workbook.xml', 'xl/VBAPROJECT.BIN')],
  ['Basic', 'a.ods', openDocument(ods, 'Basic/Standard/Module1.xml')],
  ['scripts', 'a.odt', openDocument(odt, 'Scripts/python/a.py')],
])('programs inside are refused: %s', (_, name, bytes) => {
  expect(judgeFile(name, bytes)).toEqual({ ok: false, fault: 'macros' });
});

test.each(['a.html', 'a.svg', 'a.exe', 'a.zip', 'a.docm', 'a.js', 'a.constructor'])(
  '%s is no kind',
  (name) => {
    expect(judgeFile(name, bytesOf('%PDF-'))).toEqual({ ok: false, fault: 'kind' });
  },
);

test.each([
  'pdf',
  '.pdf',
  'a.pdf.',
  'a/b.pdf',
  '..\\b.pdf',
  'a\r\nX: y.pdf',
  'a\0.pdf',
  'a\u202Efdp.pdf',
  'a\u200b.pdf',
  'a"b.pdf',
  `${'名'.repeat(117)}.pdf`,
])('%j is no name for a file', (name) => {
  expect(judgeFile(name, bytesOf('%PDF-'))).toEqual({ ok: false, fault: 'name' });
});

test('the name is kept in composed form', () => {
  expect(judgeFile(' e\u0301.pdf ', bytesOf('%PDF-'))).toMatchObject({ name: 'é.pdf' });
  expect(judgeFile(`${'名'.repeat(116)}.pdf`, bytesOf('%PDF-')).ok).toBe(true);
});
