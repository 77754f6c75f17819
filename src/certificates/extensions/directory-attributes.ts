import type { DerElement, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/tags.ts';

export interface DirectoryAttribute {
  /** OID. */
  readonly type: string;
  readonly values: readonly DerElement[];
}

/** RFC 5280, section 4.2.1.8. */
export function readDirectoryAttributes(reader: DerReader): readonly DirectoryAttribute[] {
  return reader.enter().readAll(
    (each) => {
      const sequence = each.enter();
      const type = sequence.readOid();
      const values = sequence.enter(tags.set).readAll((value) => value.read(), { least: 1, most: 64 });
      sequence.end();
      return { type, values };
    },
    { least: 1, most: 64 },
  );
}
