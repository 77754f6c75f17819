/**
 * Whether bytes are what the ending of their name says, by what stands in them and never by opening them: nothing is
 * unpacked. Of a ZIP archive (APPNOTE 6.3) the names in its central directory are read, which tell a document of one
 * kind from another and from an archive of anything else.
 */
import type { DownloadKind } from '#domain/download-register.ts';

export type FileFault =
  /** No kind that is kept, by its ending. */
  | 'kind'
  /** Not what its ending says. */
  | 'content'
  | 'macros'
  | 'name';

export type FileVerdict =
  | { readonly ok: true; readonly name: string; readonly kind: DownloadKind }
  | { readonly ok: false; readonly fault: FileFault };

type Judge = (bytes: Buffer) => boolean;

const longestName = 120;
const mostEntries = 20_000;

const kinds: ReadonlyMap<string, { readonly kind: DownloadKind; readonly fits: Judge }> = new Map([
  ['pdf', { kind: 'pdf', fits: begins('%PDF-') }],
  ['png', { kind: 'png', fits: begins('\x89PNG\r\n\x1a\n') }],
  ['jpg', { kind: 'jpg', fits: begins('\xff\xd8\xff') }],
  ['jpeg', { kind: 'jpg', fits: begins('\xff\xd8\xff') }],
  ['docx', { kind: 'docx', fits: isOfficeDocument('word/document.xml') }],
  ['xlsx', { kind: 'xlsx', fits: isOfficeDocument('xl/workbook.xml') }],
  ['odt', { kind: 'odt', fits: isOpenDocument('application/vnd.oasis.opendocument.text') }],
  ['ods', { kind: 'ods', fits: isOpenDocument('application/vnd.oasis.opendocument.spreadsheet') }],
  ['csv', { kind: 'csv', fits: isPlainText }],
  ['txt', { kind: 'txt', fits: isPlainText }],
]);

/** `typedName` is what the browser calls it. */
export function judgeFile(typedName: string, bytes: Buffer): FileVerdict {
  const name = typedName.normalize('NFC').trim();
  if (!isFileName(name)) return { ok: false, fault: 'name' };
  const found = kinds.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
  if (!found) return { ok: false, fault: 'kind' };
  if (!found.fits(bytes)) return { ok: false, fault: 'content' };
  if (zipNames(bytes)?.some(isMacro)) return { ok: false, fault: 'macros' };
  return { ok: true, name, kind: found.kind };
}

/** A name that every system takes, and that reads as it is: nothing of a path, no turned direction, no hidden file. */
function isFileName(name: string): boolean {
  const isPlain = !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|]/u.test(name);
  return isPlain && /^[^.].*\.[A-Za-z]+$/u.test(name) && [...name].length <= longestName;
}

function begins(signature: string): Judge {
  const expected = Buffer.from(signature, 'latin1');
  return (bytes) => bytes.subarray(0, expected.length).equals(expected);
}

/** UTF-8 without control characters that is not markup: a browser that guesses must find nothing to run. */
function isPlainText(bytes: Buffer): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  return text.trim() !== '' && !/^\s*</.test(text) && !/[^\P{Cc}\t\r\n]/u.test(text);
}

/** ECMA-376 part 2: the archive has a content-types part beside the main part of its kind. */
function isOfficeDocument(mainPart: string): Judge {
  return (bytes) => {
    const names = zipNames(bytes);
    return names !== undefined && names.includes('[Content_Types].xml') && names.includes(mainPart);
  };
}

/** OpenDocument 1.3 part 2 §3.3: the first entry is `mimetype`, stored as it is. */
function isOpenDocument(type: string): Judge {
  return (bytes) => {
    if (zipNames(bytes)?.includes('content.xml') !== true || bytes.length < 38 + type.length) return false;
    const isStored = bytes.readUInt16LE(8) === 0 && bytes.readUInt32LE(18) === type.length;
    return isStored && bytes.toString('latin1', 30, 38 + type.length) === `mimetype${type}`;
  };
}

/** Programs inside: VBA of office documents, Basic and scripts of open documents. */
function isMacro(name: string): boolean {
  return /(^|\/)vbaProject\.bin$|^(Basic|Scripts)\/./i.test(name);
}

const localSignature = 'PK\x03\x04';
const centralSignature = 0x02014b50;
const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const endLength = 22;

/** Names in the central directory; undefined: not one whole archive. */
function zipNames(bytes: Buffer): readonly string[] | undefined {
  const end = bytes.lastIndexOf(endSignature);
  if (!begins(localSignature)(bytes) || end < 0 || end + endLength > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) return undefined;
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== centralSignature) return undefined;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('utf8', at + 46, nameEnd));
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
