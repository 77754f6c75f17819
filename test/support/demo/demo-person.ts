import { people, type DemoPerson } from '#demo/people/people.ts';

/** One of the demo's people, by the Chinese name. */
export function demoPerson(name: string): DemoPerson {
  const person = people.find((candidate) => candidate.name === name);
  if (!person) throw new Error(`no demo person ${name}`);
  return person;
}
