import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openingPassword } from '#authentication/opening-password.ts';
import { checkPasswordRules } from '#authentication/password-rules.ts';
import { readCatalogue } from '#config/read-catalogue.ts';
import { organizations } from '#demo/people/agencies.ts';
import { people } from '#demo/people/people.ts';
import { parseNationalId } from '#domain/national-id.ts';
import { isStrictlyUnder } from '#domain/oid.ts';

const policy = {
  minLength: 12,
  maxLength: 128,
  requireSpecial: false,
  history: 3,
  minAgeDays: 1,
  maxAgeDays: 90,
};

describe("the demo's people", () => {
  it.each(people.map((person) => [person.nameEn, person] as const))(
    '%s has a valid ID, an address that leads nowhere, and a password by the rules',
    (_name, person) => {
      expect(parseNationalId(person.nationalId)).toBe(person.nationalId);
      expect(person.email).toMatch(/@example\.test$/);
      expect(person.password === undefined).toBe(person.plan === 'not-opened');
      if (person.password === undefined) return;
      const facts = {
        ...person,
        openingPassword: openingPassword('MmDd', person.nationalId, person.birthday),
      };
      expect(checkPasswordRules(person.password, facts, policy)).toEqual([]);
    },
  );

  it('are different people, in every state, with and without unit', () => {
    expect(new Set(people.map(({ nationalId }) => nationalId)).size).toBe(people.length);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(new Set(people.map(({ plan }) => plan))).toEqual(
      new Set(['not-opened', 'grace', 'one-day', 'not-today', 'disabled']),
    );
    expect(people.some(({ unit }) => unit === undefined)).toBe(true);
  });

  it('hold roles of the shipped catalogue', () => {
    const catalogue = readCatalogue(path.resolve(import.meta.dirname, '../../../config/catalogue.yaml'), []);
    const codes = catalogue?.categories.flatMap(({ roles }) => roles.map(({ code }) => code)) ?? [];
    for (const code of people.flatMap(({ roles }) => roles)) expect(codes).toContain(code);
  });

  it('belong to an OID tree of three levels', () => {
    const depth = (oid: (typeof organizations)[number]['oid']) =>
      organizations.filter((other) => isStrictlyUnder(oid, other.oid)).length;
    expect(Math.max(...organizations.map(({ oid }) => depth(oid)))).toBe(2);
  });
});
