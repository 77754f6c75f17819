import type { Consent, Consents } from '#domain/consents.ts';

export function createMemoryConsents(): Consents {
  const consents = new Map<string, Consent>();
  const keyOf = (accountId: string, clientId: string) => `${accountId} ${clientId}`;
  return {
    async rememberConsent(accountId, { clientId, scopes, at }) {
      const before = consents.get(keyOf(accountId, clientId));
      consents.set(keyOf(accountId, clientId), {
        clientId,
        scopes: [...new Set([...(before?.scopes ?? []), ...scopes])].toSorted(),
        since: before?.since ?? at,
        agreedAt: at,
      });
    },
    findConsent: async (accountId, clientId) => consents.get(keyOf(accountId, clientId)),
    listConsents: async (accountId) =>
      [...consents].flatMap(([key, consent]) => (key.startsWith(`${accountId} `) ? [consent] : [])),
    removeConsent: async (accountId, clientId) => consents.delete(keyOf(accountId, clientId)),
  };
}
