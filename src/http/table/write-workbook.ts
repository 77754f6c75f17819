/**
 * Workbooks (Office Open XML, ECMA-376 part 1 §18) written while they are read: libraries make them whole in memory, 90 MB of it for
 * 20,000 lines. Every cell is text, so that no zero in front is lost, and none begins like a formula.
 */
import { Readable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';
import { inertText } from '../csv.ts';

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface Sheet {
  readonly name: string;
  /** The first line, which stays in sight. */
  readonly head: readonly string[];
  readonly rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
  /** Of every column, in characters. */
  readonly width?: number;
}

/** Lines that a spreadsheet program opens, the head among them. */
const mostRows = 1_048_576;
/** Characters of a cell. */
const mostCharacters = 32_767;
/** Characters of XML gathered before they are packed. */
const chunkCharacters = 32_768;

/**
 * Where `rows` throws, or has more lines than a sheet, the stream breaks off: without its end no program opens the file, so that a
 * part is never taken for the whole.
 */
export function writeWorkbook(sheets: readonly Sheet[]): Readable {
  return Readable.from(packed(partsOf(sheets)), { objectMode: false });
}

interface Part {
  readonly name: string;
  readonly xml: Iterable<string> | AsyncIterable<string>;
}

async function* packed(parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const archive = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  for (const { name, xml } of parts) {
    const file = new ZipDeflate(name);
    archive.add(file);
    let text = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
    for await (const piece of xml) {
      text += piece;
      if (text.length < chunkCharacters) continue;
      file.push(Buffer.from(text));
      text = '';
      yield* ready;
      ready = [];
    }
    file.push(Buffer.from(text), true);
  }
  archive.end();
  yield* ready;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function partsOf(sheets: readonly Sheet[]): readonly Part[] {
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }));
  const styles = numbered.length + 1;
  const types = numbered
    .map(({ number }) => override(`worksheets/sheet${number}.xml`, 'worksheet'))
    .concat(override('workbook.xml', 'sheet.main'), override('styles.xml', 'styles'));
  const listed = numbered.map(
    ({ name, number }) =>
      `<sheet name="${escapeXml(sheetName(name))}" sheetId="${number}" r:id="rId${number}"/>`,
  );
  const linked = numbered
    .map(({ number }) => relationship(number, 'worksheet', `worksheets/sheet${number}.xml`))
    .concat(relationship(styles, 'styles', 'styles.xml'));
  return [
    {
      name: '[Content_Types].xml',
      xml: [
        `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${types.join('')}</Types>`,
      ],
    },
    { name: '_rels/.rels', xml: [related([relationship(1, 'officeDocument', 'xl/workbook.xml')])] },
    {
      name: 'xl/workbook.xml',
      xml: [
        `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets>${listed.join('')}</sheets></workbook>`,
      ],
    },
    { name: 'xl/_rels/workbook.xml.rels', xml: [related(linked)] },
    { name: 'xl/styles.xml', xml: [stylesXml] },
    ...numbered.map((sheet) => ({ name: `xl/worksheets/sheet${sheet.number}.xml`, xml: sheetXml(sheet) })),
  ];
}

function override(part: string, type: string): string {
  return `<Override PartName="/xl/${part}" ContentType="${contentType}.${type}+xml"/>`;
}

function relationship(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${relationships}/${type}" Target="${target}"/>`;
}

function related(all: readonly string[]): string {
  return `<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
}

/** Style 1: text (format 49 is `@`); style 2: the same, bold. */
const stylesXml =
  `<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>` +
  `<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

async function* sheetXml({ head, rows, width }: Sheet): AsyncGenerator<string> {
  yield `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  if (width !== undefined) {
    yield `<cols><col min="1" max="${head.length}" width="${width}" customWidth="1"/></cols>`;
  }
  yield `<sheetData>${rowXml(head, 1, 2)}`;
  let count = 1;
  for await (const row of rows) {
    count += 1;
    if (count > mostRows) throw new Error('more lines than a sheet has');
    yield rowXml(row.map(inertText), count, 1);
  }
  yield '</sheetData></worksheet>';
}

function rowXml(cells: readonly string[], row: number, style: number): string {
  const written = cells.map((cell, column) => {
    const place = `r="${columnName(column)}${row}" s="${style}"`;
    return cell === ''
      ? `<c ${place}/>`
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeXml(textOf(cell))}</t></is></c>`;
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

/** A for 0, AA for 26. */
function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

/** What XML cannot hold is written by its code (ST_Xstring, ECMA-376 part 1 §22.9.2.19), and what only looks like that too. */
function textOf(cell: string): string {
  const text = cell.length > mostCharacters ? `${cell.slice(0, mostCharacters - 1)}…` : cell;
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, codeOf);
}

function codeOf(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** 31 characters at most, and none of those that formulas use. */
function sheetName(name: string): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
