import { expect, test } from 'vitest';
import { mayRegisterCertificate, mayRemoveFactor } from '#accounts/factor-rules.ts';
import type { AssuranceLevel } from '#domain/assurance.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';

const now = new Date('2026-03-02T04:00:00.000Z');
const policy = { freshMinutes: 5, fromOtherSessions: false };
const session = (level: AssuranceLevel, agoMs = 0) => ({
  level,
  loggedInAt: new Date(now.getTime() - agoMs),
});
const none = { certificates: [] };
const some = { certificates: [sampleBinding()] };
const fiveMinutes = 300_000;
const needed = { ok: false, reason: 'certificate-needed' };
const late = { ok: false, reason: 'too-long-ago' };

test('a way in is taken away for five minutes after a certificate login', () => {
  expect(mayRemoveFactor(session(3, fiveMinutes), now, policy)).toEqual({ ok: true });
  expect(mayRemoveFactor(session(3, fiveMinutes + 1), now, policy)).toEqual(late);
  expect(mayRemoveFactor(session(2), now, policy)).toEqual(needed);
  expect(mayRemoveFactor(session(1), now, policy)).toEqual(needed);
});

test('no setting lets a weaker session take one away', () => {
  expect(mayRemoveFactor(session(2), now, { ...policy, fromOtherSessions: true })).toEqual(needed);
});

test('the first certificate is registered with password and code, at any age of the session', () => {
  expect(mayRegisterCertificate(none, session(2, 8 * 3_600_000), now, policy)).toEqual({ ok: true });
  expect(mayRegisterCertificate(none, session(1), now, policy)).toEqual(needed);
});

test('a further one after a certificate login alone', () => {
  expect(mayRegisterCertificate(some, session(2), now, policy)).toEqual(needed);
  expect(mayRegisterCertificate(some, session(3, fiveMinutes), now, policy)).toEqual({ ok: true });
  expect(mayRegisterCertificate(some, session(3, fiveMinutes + 1), now, policy)).toEqual(late);
});

test('one in place of those that have all run out, with password and code', () => {
  const ended = sampleBinding({ notAfter: new Date(now.getTime() - 1) });
  const lasting = sampleBinding({ notAfter: now });
  const yet = sampleBinding({ notBefore: new Date(now.getTime() + 1) });
  expect(mayRegisterCertificate({ certificates: [ended] }, session(2), now, policy)).toEqual({ ok: true });
  expect(mayRegisterCertificate({ certificates: [ended, lasting] }, session(2), now, policy)).toEqual(needed);
  expect(mayRegisterCertificate({ certificates: [yet] }, session(2), now, policy)).toEqual(needed);
  expect(mayRegisterCertificate({ certificates: [ended] }, session(1), now, policy)).toEqual(needed);
});

test('or from any full session where it is set so; an opening login is none', () => {
  const open = { ...policy, fromOtherSessions: true };
  expect(mayRegisterCertificate(some, session(2), now, open)).toEqual({ ok: true });
  expect(mayRegisterCertificate(some, session(3, fiveMinutes + 1), now, open)).toEqual({ ok: true });
  expect(mayRegisterCertificate(none, session(1), now, open)).toEqual(needed);
});
