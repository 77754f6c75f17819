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
  return new FoundEntry(entry);
}

/** A class, since a list is thousands of them. */
class FoundEntry implements EntryReader {
  readonly #entry: Entry;

  constructor(entry: Entry) {
    this.#entry = entry;
  }

  get dn(): string {
    return this.#entry.dn;
  }

  find(attribute: string): string | undefined {
    const value = this.#values(attribute);
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? undefined : String(first);
  }

  all(attribute: string): readonly string[] {
    return [this.#values(attribute) ?? []].flat().map(String);
  }

  bytes(attribute: string): readonly Uint8Array[] {
    return [this.#values(attribute) ?? []].flat().map((value) => Buffer.from(value));
  }

  #values(attribute: string): Entry[string] | undefined {
    // Most servers spell a name as they are asked for it.
    if (Object.hasOwn(this.#entry, attribute)) return this.#entry[attribute];
    const wanted = attribute.toLowerCase();
    for (const name of Object.keys(this.#entry)) {
      if (name.length === wanted.length && name.toLowerCase() === wanted) return this.#entry[name];
    }
    return undefined;
  }
}

/** The same entry in our names. */
export function mapEntry(entry: EntryReader, names: Pick<Names, 'attribute' | 'ourClass'>): EntryReader {
  return new MappedEntry(entry, names);
}

class MappedEntry implements EntryReader {
  readonly #entry: EntryReader;
  readonly #names: Pick<Names, 'attribute' | 'ourClass'>;

  constructor(entry: EntryReader, names: Pick<Names, 'attribute' | 'ourClass'>) {
    this.#entry = entry;
    this.#names = names;
  }

  get dn(): string {
    return this.#entry.dn;
  }

  find(attribute: string): string | undefined {
    return isClass(attribute) ? this.all(attribute)[0] : this.#entry.find(this.#names.attribute(attribute));
  }

  all(attribute: string): readonly string[] {
    const { attribute: mapped, ourClass } = this.#names;
    return isClass(attribute) ? this.#entry.all(attribute).map(ourClass) : this.#entry.all(mapped(attribute));
  }

  bytes(attribute: string): readonly Uint8Array[] {
    return this.#entry.bytes(this.#names.attribute(attribute));
  }
}

function isClass(attribute: string): boolean {
  return attribute.toLowerCase() === 'objectclass';
}
