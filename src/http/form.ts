import type { Context } from 'koa';
import { z } from 'zod';
import { HufuError } from '#domain/errors.ts';

/**
 * Reads a posted form by its schema. Use z.strictObject: a field that the form does not have is refused, so that
 * nothing can be slipped into a write. Throws `bad-request`; what a person may get wrong belongs into the schema as
 * plain strings and is judged by the rules instead.
 */
export function parseForm<Schema extends z.ZodType>(ctx: Context, schema: Schema): z.infer<Schema> {
  const { body } = ctx.request as { body?: unknown };
  const result = schema.safeParse(body);
  if (!result.success) throw new HufuError('bad-request', { cause: result.error });
  return result.data;
}

/** A text field as a browser sends it: present, bounded, free of NUL. */
export const formText = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((text) => !text.includes('\0'));

/**
 * The values of boxes of one name: none, one, or several. A field that comes more than twenty times reaches us as a map of
 * numbers.
 */
export const formList = (most: number, maximum: number) =>
  z.preprocess(
    (value) => {
      if (value === undefined) return [];
      if (typeof value === 'string') return [value];
      const isNumbered =
        typeof value === 'object' &&
        value !== null &&
        Object.keys(value).every((key, at) => key === String(at));
      return isNumbered ? Object.values(value) : value;
    },
    z.array(formText(maximum)).max(most),
  );
