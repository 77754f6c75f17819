import { canonicalJson, type CanonicalValue } from './canonical-json.ts';
import { entryVersion } from './chain.ts';

type Texts = Readonly<Record<string, string>>;

/** What an entry says, read back from its canonical text. */
export interface EntryFields {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly prev: string;
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly reason?: string;
  readonly onAccount?: string;
  readonly unitOid?: string;
  readonly clientId?: string;
  readonly requestId?: string;
  readonly form?: string;
  readonly settles?: string;
  readonly evidence: Texts;
  /** Digests by field. */
  readonly personal: Texts;
}

const required = ['id', 'time', 'prev', 'action', 'outcome', 'actor'] as const;
const optional = ['reason', 'onAccount', 'unitOid', 'clientId', 'requestId', 'form', 'settles'] as const;

/** The fields of an entry of this version; undefined when `text` is not one, or not in canonical form. */
export function parseEntry(text: string): EntryFields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (canonicalJson(value as CanonicalValue) !== text) return undefined;
  } catch {
    return undefined;
  }
  // canonicalJson has refused everything but text, whole numbers and objects of them.
  const { v, sequence, evidence = {}, personal = {}, ...rest } = value as Record<string, unknown>;
  if (v !== entryVersion || typeof sequence !== 'number' || !isTexts(evidence) || !isTexts(personal))
    return undefined;
  const { id, time, prev, action, outcome, actor } = rest;
  if (!isTexts(rest) || !areTexts([id, time, prev, action, outcome, actor])) return undefined;
  const known = new Set<string>([...required, ...optional]);
  if (Object.keys(rest).some((name) => !known.has(name))) return undefined;
  const fields = rest as Record<(typeof required)[number], string> &
    Partial<Record<(typeof optional)[number], string>>;
  return { ...fields, sequence, evidence, personal };
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && areTexts(Object.values(value));
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
