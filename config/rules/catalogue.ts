/** How roles and systems of a catalogue must fit each other. */
import type { Path } from '../config-node.ts';
import type { ValueFault } from '../resolve-values.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

export function checkCatalogue(catalogue: unknown): ValueFault[] {
  const categories = listAt(catalogue, 'categories');
  const systems = listAt(catalogue, 'systems');
  const roles = categories.flatMap((category, at) =>
    listAt(category, 'roles').map((role, index) => ({
      role,
      path: ['categories', at, 'roles', index] as const,
    })),
  );
  const codes = roles.map(({ role }) => textAt(role, 'code'));
  const ids = categories.map((category) => textAt(category, 'id'));
  return [
    ...repeated(ids, (index) => ['categories', index, 'id']),
    ...repeated(
      systems.map((system) => textAt(system, 'id')),
      (index) => ['systems', index, 'id'],
    ),
    ...repeated(codes, (index) => [...(roles[index]?.path ?? []), 'code']),
    ...roles.flatMap(({ role, path }) => [
      ...checkRole(role, path),
      ...unknownOf(role, path, 'givenByCategories', ids, 'a category of this catalogue'),
    ]),
    ...systems.flatMap((system, index) => [
      ...unknownOf(system, ['systems', index], 'admitsCategories', ids, 'a category of this catalogue'),
      ...unknownOf(system, ['systems', index], 'admitsRoles', codes, 'a role of this catalogue'),
    ]),
  ];
}

/** Both settings of one role would contradict each other. */
function checkRole(role: unknown, path: Path): ValueFault[] {
  const contradicts =
    valueAt(role, 'withoutCertificate') === true && valueAt(role, 'requires') === 'certificate';
  return contradicts
    ? [
        {
          path: [...path, 'requires'],
          expected: 'second-factor with withoutCertificate',
          found: 'certificate',
        },
      ]
    : [];
}

function repeated(values: readonly (string | undefined)[], pathOf: (index: number) => Path): ValueFault[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index
      ? [{ path: pathOf(index), expected: 'an identifier of its own', found: JSON.stringify(value) }]
      : [],
  );
}

function unknownOf(
  entry: unknown,
  path: Path,
  key: string,
  known: readonly unknown[],
  expected: string,
): ValueFault[] {
  return listAt(entry, key).flatMap((value, index) =>
    known.includes(value) ? [] : [{ path: [...path, key, index], expected, found: JSON.stringify(value) }],
  );
}
