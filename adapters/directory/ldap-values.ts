/** Values between the program and the directory: times, text, and the attributes of an entry by name. */
import type { Entry } from 'ldapts';
import type { Names } from './directory-mapping.ts';

/** GeneralizedTime (RFC 4517 §3.3.13) in UTC, with milliseconds. */
export function formatTime(time: Date): string {
  return time.toISOString().replace(/[-:T]/g, '');
}

/** Reads a GeneralizedTime in UTC; a fraction is kept to the millisecond. Undefined when malformed. */
export function parseTime(value: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d{1,9}))?Z$/.exec(value);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Text as it is stored: NFC; nothing but space counts as absent, since an LDAP string has at least one character. */
export function storedText(text: string | null | undefined): string | undefined {
  const composed = text?.normalize('NFC');
  return composed === undefined || composed.trim() === '' ? undefined : composed;
}

/** The attributes of an entry. Names are looked up without regard to case, as LDAP has them. */
export interface EntryReader {
  readonly dn: string;
  all(attribute: string): readonly string[];
  find(attribute: string): string | undefined;
  /** Values of an attribute that travels as `;binary`. */
  bytes(attribute: string): readonly Uint8Array[];
}

export function readEntry(entry: Entry): EntryReader {
  let byName: Map<string, Entry[string]> | undefined;
  const find = (attribute: string) => {
    // Most servers spell a name as they are asked for it: then nothing is made of an entry that is one of thousands.
    if (Object.hasOwn(entry, attribute)) return entry[attribute];
    byName ??= new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));
    return byName.get(attribute.toLowerCase());
  };
  return readerOf(entry.dn, (attribute) => {
    const value = find(attribute) ?? [];
    return Array.isArray(value) ? value : [value];
  });
}

/** The same entry in our names. */
export function mapEntry(entry: EntryReader, names: Pick<Names, 'attribute' | 'ourClass'>): EntryReader {
  const all: EntryReader['all'] = (attribute) =>
    attribute.toLowerCase() === 'objectclass'
      ? entry.all(attribute).map(names.ourClass)
      : entry.all(names.attribute(attribute));
  return {
    dn: entry.dn,
    all,
    find: (attribute) => all(attribute)[0],
    bytes: (attribute) => entry.bytes(names.attribute(attribute)),
  };
}

function readerOf(dn: string, values: (attribute: string) => readonly (string | Buffer)[]): EntryReader {
  const all = (attribute: string) => values(attribute).map(String);
  return {
    dn,
    all,
    find: (attribute) => all(attribute)[0],
    bytes: (attribute) => values(attribute).map((value) => Buffer.from(value)),
  };
}
