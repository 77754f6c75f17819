import { expect, test } from 'vitest';
import {
  accountActivated,
  accountChanged,
  accountOpened,
  admissionRefused,
  codeRequested,
  loginAttempted,
  nationalIdReleased,
  oneDayPasswordEnabled,
  passwordChanged,
  passwordReset,
  programStarted,
  rulesOfUseAgreed,
  sessionEnded,
} from '#audit/events.ts';

const context = { actor: 'person:p', clientId: 'csm', requestId: 'r', address: '192.0.2.1' };
const account = { id: 'a', scopeOid: '1.2.3' };
const common = { actor: 'person:p', clientId: 'csm', requestId: 'r', personal: { address: '192.0.2.1' } };
const onAccount = { ...common, onAccount: 'a', unitOid: '1.2.3' };

test.each([
  [
    'a login by one-day password',
    loginAttempted(context, 'one-day-password', { ok: true, account, verdict: { way: 'one-day' } }),
    {
      action: 'login.attempt',
      outcome: 'done',
      ...onAccount,
      evidence: { method: 'one-day-password', way: 'one-day', amr: 'pwd otp' },
    },
  ],
  [
    'a first login is one by opening password, whatever form it came by',
    loginAttempted(context, 'one-day-password', { ok: true, account, verdict: { way: 'opening' } }),
    {
      action: 'login.attempt',
      outcome: 'done',
      ...onAccount,
      evidence: { method: 'opening-password', way: 'opening', amr: 'pwd' },
    },
  ],
  [
    'a refused login of an unknown account names none',
    loginAttempted(context, 'one-day-password', { ok: false, reason: 'unknown-account' }),
    {
      action: 'login.attempt',
      outcome: 'refused',
      reason: 'unknown-account',
      ...common,
      evidence: { method: 'one-day-password' },
    },
  ],
  [
    'a login that could not be judged failed',
    loginAttempted(context, 'one-day-password', { ok: false, reason: 'directory-unavailable' }),
    {
      action: 'login.attempt',
      outcome: 'failed',
      reason: 'directory-unavailable',
      ...common,
      evidence: { method: 'one-day-password' },
    },
  ],
  [
    'a code sent',
    codeRequested(context, { ok: true, account }),
    { action: 'login-code.send', outcome: 'done', ...onAccount },
  ],
  [
    'a code not sent',
    codeRequested(context, { ok: false, reason: 'no-address', account }),
    { action: 'login-code.send', outcome: 'refused', reason: 'no-address', ...onAccount },
  ],
  [
    'a log-out',
    sessionEnded(context, { account, ending: 'log-out' }),
    { action: 'session.log-out', outcome: 'done', ...onAccount, evidence: { ending: 'log-out' } },
  ],
  [
    'a session that ran out',
    sessionEnded({ actor: 'system:login' }, { account, ending: 'expired' }),
    {
      action: 'session.end',
      outcome: 'done',
      actor: 'system:login',
      onAccount: 'a',
      unitOid: '1.2.3',
      evidence: { ending: 'expired' },
    },
  ],
  [
    'an admission refused',
    admissionRefused(context, { account, reason: 'no-admitting-role' }),
    { action: 'admission.check', outcome: 'refused', reason: 'no-admitting-role', ...onAccount },
  ],
  [
    'a national ID released',
    nationalIdReleased(context, { account }),
    { action: 'national-id.release', outcome: 'done', ...onAccount },
  ],
  [
    'a start',
    programStarted({ actor: 'system:bootstrap' }, { version: '0.1.0' }),
    { action: 'program.start', outcome: 'done', actor: 'system:bootstrap', evidence: { version: '0.1.0' } },
  ],
  [
    'an activation',
    accountActivated(context, { account, revision: 4 }),
    { action: 'account.activate', outcome: 'done', ...onAccount, evidence: { revision: '4' } },
  ],
  [
    'rules agreed to',
    rulesOfUseAgreed(context, { account, revision: 3, version: '2026-01' }),
    {
      action: 'account.agree-to-rules',
      outcome: 'done',
      ...onAccount,
      evidence: { revision: '3', version: '2026-01' },
    },
  ],
  [
    'a password changed',
    passwordChanged(context, { account, revision: 5, why: 'one-day-password' }),
    {
      action: 'password.change',
      outcome: 'done',
      ...onAccount,
      evidence: { revision: '5', why: 'one-day-password' },
    },
  ],
  [
    'a password reset',
    passwordReset(context, { account, revision: 5, form: 'F', day: '2026-03-02' }),
    {
      action: 'password.reset',
      outcome: 'done',
      ...onAccount,
      form: 'F',
      evidence: { revision: '5', day: '2026-03-02' },
    },
  ],
  [
    'a one-day password enabled',
    oneDayPasswordEnabled(context, { account, revision: 5, day: '2026-03-02' }),
    {
      action: 'one-day-password.enable',
      outcome: 'done',
      ...onAccount,
      evidence: { revision: '5', day: '2026-03-02' },
    },
  ],
  [
    'an account opened',
    accountOpened(context, { account, revision: 1, form: 'F', evidence: { roles: 'csm_user' } }),
    {
      action: 'account.open',
      outcome: 'done',
      ...onAccount,
      form: 'F',
      evidence: { revision: '1', roles: 'csm_user' },
    },
  ],
])('%s', (_, event, expected) => {
  expect(event).toEqual(expected);
});

test('before and after: personal fields go apart from the chain, others are evidence', () => {
  const event = accountChanged({
    ...context,
    action: 'account.modify',
    account,
    changes: {
      personal: { name: { before: '王', after: '黃' }, phone: { after: '02' } },
      plain: { status: { before: 'enabled', after: 'disabled' } },
    },
  });
  expect(event).toEqual({
    action: 'account.modify',
    outcome: 'done',
    ...onAccount,
    evidence: { 'before.status': 'enabled', 'after.status': 'disabled' },
    personal: { address: '192.0.2.1', 'before.name': '王', 'after.name': '黃', 'after.phone': '02' },
  });
});
