import type { AttributeDescription } from '../schema/attribute-description.ts';

export interface StoredAttribute {
  readonly description: AttributeDescription;
  readonly values: readonly Buffer[];
}

/** An entry as read from the file. `id` grows with creation and is never given again: the stable order of searches. */
export interface Entry {
  readonly id: number;
  readonly parent: number | undefined;
  readonly key: string;
  readonly dn: string;
  /** By key of the description; operational attributes included. */
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
}

export type AttributeMap = Map<string, StoredAttribute>;
