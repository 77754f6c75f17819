import { expect, test } from 'vitest';
import type { Obstacle } from '#accounts/management/deed-outcome.ts';
import type { Refusal } from '#domain/permission.ts';
import { findMessage } from '#pages/messages/catalogue.ts';
import { registryRefusalMessages } from '#pages/messages/registry-refusals.ts';

/** The compiler asks for every member, and for no other. */
const reasons: Record<Refusal | Obstacle, true> = {
  'certificate-required': true,
  'not-a-manager': true,
  'scope-missing': true,
  'own-account': true,
  'manager-not-below': true,
  'programme-officers-only': true,
  'outside-jurisdiction': true,
  'category-not-held': true,
  'unknown-role': true,
  'unknown-category': true,
  'account-not-enabled': true,
  'no-mail-address': true,
  'not-enabled-today': true,
  'never-activated': true,
  'grant-ended': true,
  'role-twice': true,
  'too-many-elsewhere': true,
  'not-registered': true,
};

test.each(Object.keys(reasons))('there are words for %s', (reason) => {
  expect(findMessage(`registry.why.${reason}`)).toMatchObject({
    zh: expect.stringMatching(/./),
    en: expect.stringMatching(/./),
  });
});

test('there are words for nothing else', () => {
  const keys = Object.keys(registryRefusalMessages).map((key) => key.slice('registry.why.'.length));
  expect(keys.toSorted()).toEqual(Object.keys(reasons).toSorted());
});
