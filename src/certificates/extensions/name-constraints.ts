import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { contextConstructed } from '../der/tags.ts';
import { readGeneralName, type GeneralName } from '../general-names.ts';

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

const mostSubtrees = 20_000;

/** RFC 5280, section 4.2.1.10: never empty; minimum is zero and maximum absent. */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const sequence = reader.enter();
  const [permitted, excluded] = [0, 1].map((number) =>
    sequence.enterIf(contextConstructed(number))?.readAll(readSubtree, { least: 1, most: mostSubtrees }),
  );
  sequence.end();
  if (!permitted && !excluded) throw new MalformedDer('empty-name-constraints');
  return { permitted: permitted ?? [], excluded: excluded ?? [] };
}

function readSubtree(reader: DerReader): GeneralName {
  const sequence = reader.enter();
  const base = readGeneralName(sequence);
  sequence.end();
  return base;
}
