/** What the loader and the reference page need to know of a schema besides parsing with it. */
import { z } from 'zod';
import type { ConfigNode } from './config-node.ts';
import { childOf } from './config-node.ts';

/** The schema under defaults, optionality and transformations. */
export function coreOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodOptional
  ) {
    return coreOf(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? coreOf(schema.in) : schema;
}

/** `secret`, `path`, or undefined for values that are taken as they stand. */
export function holds(schema: z.core.$ZodType): unknown {
  const core = coreOf(schema);
  return core instanceof z.ZodType ? core.meta()?.['holds'] : undefined;
}

/** The keys of the map that `schema` describes, given what stands there; undefined when it is no map. */
export function shapeFor(
  schema: z.core.$ZodType,
  node: ConfigNode,
): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const core = coreOf(schema);
  if (core instanceof z.ZodObject) return core.shape;
  if (core instanceof z.ZodDiscriminatedUnion) return variantFor(core, node)?.shape;
  return undefined;
}

function variantFor(union: z.ZodDiscriminatedUnion, node: ConfigNode): z.ZodObject | undefined {
  const key = union.def.discriminator;
  const chosen = childOf(node, key);
  return variantsOf(union).find((variant) => {
    const literal = variant.shape[key];
    return literal instanceof z.ZodLiteral && chosen?.kind === 'scalar' && literal.value === chosen.value;
  });
}

export function variantsOf(union: z.ZodDiscriminatedUnion): readonly z.ZodObject[] {
  return union.options.filter((option) => option instanceof z.ZodObject);
}

/** Whether keys beside those of the schema are let through. */
export function isOpen(schema: z.core.$ZodType): boolean {
  const core = coreOf(schema);
  return core instanceof z.ZodObject && core.def.catchall instanceof z.ZodUnknown;
}

export function elementOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const core = coreOf(schema);
  return core instanceof z.ZodArray ? core.element : undefined;
}
