/** Assurance levels as `acr` values and back. */
import type { AssuranceLevel } from '#domain/assurance.ts';
import type { AcrNames } from './contract.ts';

export interface AcrTable {
  nameOf(level: AssuranceLevel): string;
  /** Undefined for a name that is not (or no longer) in use: such an `acr` proves nothing. */
  levelOf(acr: unknown): AssuranceLevel | undefined;
  /** The names a session can have; an opening login (level 1) never makes one. */
  readonly supported: readonly string[];
}

const levels: readonly AssuranceLevel[] = [1, 2, 3];

export function createAcrTable(names: AcrNames): AcrTable {
  if (new Set(levels.map((level) => names[level])).size !== levels.length) {
    throw new Error('each assurance level needs an acr name of its own');
  }
  return {
    nameOf: (level) => names[level],
    levelOf: (acr) => levels.find((level) => names[level] === acr),
    supported: [names[2], names[3]],
  };
}
