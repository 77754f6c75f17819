import { getDescription } from '../schema/attribute-description.ts';
import { formatGeneralizedTime } from '../schema/generalized-time.ts';
import type { ObjectClass, Schema } from '../schema/schema.ts';
import type { AttributeMap } from '../store/entry.ts';

export interface Writing {
  readonly by: string;
  readonly at: Date;
}

function put(schema: Schema, attributes: AttributeMap, name: string, value: string): void {
  const description = getDescription(schema, name);
  attributes.set(description.key, { description, values: [Buffer.from(value)] });
}

/** What the server notes of a new entry (RFC 4512, 3.4; RFC 4530). */
export function noteCreation(
  schema: Schema,
  attributes: AttributeMap,
  structural: ObjectClass,
  entryUuid: string,
  writing: Writing,
): void {
  put(schema, attributes, 'structuralObjectClass', structural.name);
  put(schema, attributes, 'entryUUID', entryUuid);
  put(schema, attributes, 'creatorsName', writing.by);
  put(schema, attributes, 'createTimestamp', formatGeneralizedTime(writing.at));
  noteModification(schema, attributes, writing);
}

export function noteModification(schema: Schema, attributes: AttributeMap, writing: Writing): void {
  put(schema, attributes, 'modifiersName', writing.by);
  put(schema, attributes, 'modifyTimestamp', formatGeneralizedTime(writing.at));
}
