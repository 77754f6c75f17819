/** How resources and dynamic registration must fit catalogue and relying parties. */
import type { ValueFault } from '../resolve-values.ts';
import { listAt, textAt, valueAt } from './read-value.ts';

/** `systems` are the ids of the catalogue; undefined when it could not be read. */
export function checkResources(config: unknown, systems: readonly string[] | undefined): ValueFault[] {
  const clients = listAt(config, 'clients').map((client) => textAt(client, 'client_id'));
  const uris = listAt(config, 'resources').map((resource) => textAt(resource, 'uri'));
  const faults = listAt(config, 'resources').flatMap((resource, at) => {
    const path = ['resources', at];
    const repeated = uris.indexOf(uris[at]) < at;
    return [
      ...(repeated
        ? [{ path: [...path, 'uri'], expected: 'a uri of its own', found: 'one used before' }]
        : []),
      ...unknown(listAt(resource, 'systems'), [...path, 'systems'], systems, 'a system of the catalogue'),
      ...unknown(
        listAt(resource, 'introspectedBy'),
        [...path, 'introspectedBy'],
        clients,
        'the client_id of a relying party',
      ),
    ];
  });
  if (valueAt(config, 'registration') === undefined) return faults;
  const ofRegistration = listAt(config, 'registration', 'systems');
  return [
    ...faults,
    ...unknown(ofRegistration, ['registration', 'systems'], systems, 'a system of the catalogue'),
  ];
}

function unknown(
  values: readonly unknown[],
  path: readonly (string | number)[],
  known: readonly unknown[] | undefined,
  expected: string,
): ValueFault[] {
  return values.flatMap((value, index) =>
    !known || known.includes(value)
      ? []
      : [{ path: [...path, index], expected, found: JSON.stringify(value) }],
  );
}
