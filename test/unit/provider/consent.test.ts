import { expect, test } from 'vitest';
import { scopesToRemember } from '#provider/consent.ts';

const promptWith = (details: object) => ({
  prompt: { name: 'consent', reasons: ['consent_prompt'], details: { ...details } },
});

test('what was granted is remembered, scopes of a resource by its name', () => {
  expect(
    scopesToRemember(
      promptWith({
        missingOIDCScope: ['openid'],
        missingOIDCClaims: ['email', 'email_verified'],
        missingResourceScopes: { 'https://api.example/': ['cases:read'] },
      }),
    ),
  ).toEqual(['openid', 'email', 'https://api.example/ cases:read']);
});

test('nothing is remembered of what was only asked for again', () => {
  expect(scopesToRemember(promptWith({}))).toEqual([]);
});
