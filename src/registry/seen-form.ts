/**
 * A form that somebody else was faster with: each field as it was shown, as it is typed, and as it stands now. What was left
 * alone follows them; where both have changed it, mine stands in the field and theirs beside it, and nothing is overwritten
 * before that was seen. Pure.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Option, RegistryFormModel } from './registry-parts.ts';

export interface Difference {
  readonly kind: 'theirs' | 'conflict';
  /** What stands there now; of several values one a line. */
  readonly stored: string;
}

/** By name of the field. */
export type Differences = Readonly<Record<string, Difference>>;

/** Tells by each field whether it is still what the form was filled with: small, whatever stands in the fields. */
export type ShownMarks = Readonly<Record<string, string>>;

export interface SeenFormModel extends RegistryFormModel {
  /** The marks as the form sends them back. */
  readonly shown: string;
  readonly changedMeanwhile: boolean;
  /** Absent as long as nobody else has changed anything. */
  readonly differences?: Differences;
}

type FieldValue = string | boolean | readonly string[] | undefined;
type Fields<Form> = { readonly [field in keyof Form]: FieldValue };

const schema = z.record(z.string().max(100), z.string().max(40));

export function marksOf<Form extends Fields<Form>>(form: Form): ShownMarks {
  return Object.fromEntries(Object.entries<FieldValue>(form).map(([field, value]) => [field, markOf(value)]));
}

export function formatMarks(marks: ShownMarks): string {
  return JSON.stringify(marks);
}

/** What does not read back counts as not shown: then every field that differs is told. */
export function readMarks(text: string): ShownMarks {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

export function mergeForm<Form extends Fields<Form>>(
  shown: ShownMarks,
  mine: Form,
  now: Form,
): { readonly typed: Form; readonly differences: Differences } {
  const differences: Record<string, Difference> = {};
  const theirs: Partial<Form> = {};
  for (const field of Object.keys({ ...now, ...mine }) as (keyof Form & string)[]) {
    const seen = Object.hasOwn(shown, field) ? shown[field] : undefined;
    const [typed, stored] = [markOf(mine[field]), markOf(now[field])];
    const isMine = typed !== seen;
    if (!isMine) theirs[field] = now[field];
    const isTold = isMine ? stored !== seen && stored !== typed : stored !== seen;
    if (isTold) differences[field] = { kind: isMine ? 'conflict' : 'theirs', stored: textOf(now[field]) };
  }
  return { typed: { ...mine, ...theirs }, differences };
}

/** The options with what is chosen now by the other one, where both have chosen. */
export function withStored(
  options: readonly Option[],
  difference: Difference | undefined,
): readonly Option[] {
  if (difference?.kind !== 'conflict') return options;
  const stored = difference.stored.split('\n');
  const missing = stored.filter((each) => each !== '' && !options.some(({ value }) => value === each));
  return [...options, ...missing.map((value) => ({ value, text: value, chosen: false }))].map((option) => ({
    ...option,
    stored: stored.includes(option.value),
  }));
}

function textOf(value: FieldValue): string {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').trim();
  if (typeof value === 'object') return value.toSorted().join('\n');
  return value === true ? 'yes' : '';
}

function markOf(value: FieldValue): string {
  return createHash('sha256').update(textOf(value)).digest('base64url').slice(0, 16);
}
