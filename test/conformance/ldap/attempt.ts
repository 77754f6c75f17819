/** One LDAP operation as these suites compare it: its result code, and what it gave. */
import { connect } from 'node:net';
import { Client, ResultCodeError, type Entry, type SearchOptions } from 'ldapts';

export interface Outcome {
  readonly code: number;
  /** Sorted by name, attributes and values too: LDAP promises no order. */
  readonly entries?: readonly unknown[];
  readonly answer?: unknown;
}

export function createClient(socketPath: string): Client {
  return new Client({
    url: 'ldap://localhost',
    timeout: 20_000,
    createConnection: () => connect({ path: socketPath }),
  });
}

export async function attempt(operation: () => Promise<unknown>): Promise<Outcome> {
  try {
    const answer = await operation();
    return answer === undefined ? { code: 0 } : { code: 0, answer };
  } catch (error) {
    if (error instanceof ResultCodeError) return { code: error.code };
    throw error;
  }
}

export async function search(client: Client, base: string, options: SearchOptions): Promise<Outcome> {
  try {
    const { searchEntries } = await client.search(base, options);
    const sorted = searchEntries.sort((left, right) => (left.dn < right.dn ? -1 : 1));
    return { code: 0, entries: sorted.map(comparable) };
  } catch (error) {
    if (error instanceof ResultCodeError) return { code: error.code };
    throw error;
  }
}

/** Times, identifiers and writers differ between servers by nature. */
const incomparable =
  /^(entryUUID|(create|modify)Timestamp|(creators|modifiers)Name|entryCSN|subschemaSubentry)$/;

function comparable(entry: Entry): unknown {
  const names = Object.keys(entry).sort();
  return names.map((name) => {
    if (incomparable.test(name)) return [name];
    const value = entry[name];
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return [name, values.map((item) => (Buffer.isBuffer(item) ? item.toString('hex') : String(item))).sort()];
  });
}
