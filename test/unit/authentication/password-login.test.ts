import { describe, expect, test } from 'vitest';
import { createPasswordLogin, type PasswordLoginSettings } from '#authentication/password-login.ts';
import type { CodeVerdict } from '#authentication/mailed-codes.ts';
import type { Account } from '#domain/account.ts';
import { dayOf } from '#domain/calendar.ts';
import { HufuError } from '#domain/errors.ts';
import { sealingContext } from '#domain/sealing.ts';
import { sampleAccount, sampleId } from '#test/support/memory/accounts.ts';
import { createSetClock } from '#test/support/set-clock.ts';
import { testSealing } from '#test/support/test-sealing.ts';

const id = sampleId('a');
const right = 'Correct-horse-7';
const clock = createSetClock();
const today = dayOf(clock.now());

const enabled = sampleAccount({
  id,
  nationalId: testSealing.seal('A123456789', sealingContext('national-id', id)),
  birthday: testSealing.seal('0215', sealingContext('birthday', id)),
  password: {
    set: true,
    history: [],
    changedAt: clock.now(),
    oneDay: { day: today, enabledAt: clock.now() },
  },
});
const waiting: Account = {
  ...enabled,
  status: 'not-opened',
  password: { set: false, history: [], openingDay: today },
};

interface Faults {
  account?: Account | undefined;
  captcha?: boolean;
  start?: 'locked' | 'address-limit';
  code?: CodeVerdict;
  mail?: boolean;
  down?: Error;
  settings?: Partial<PasswordLoginSettings>;
}

/** Everything that the rules stand on, each step written down. */
function doorWith(faults: Faults = {}) {
  const account = 'account' in faults ? faults.account : enabled;
  const steps: string[] = [];
  const step = (text: string) => void steps.push(text);
  const login = createPasswordLogin({
    captcha: {
      async redeem(binding, payload) {
        step(`captcha ${binding} ${payload}`);
        return faults.captcha ?? true;
      },
    },
    limits: {
      async begin(name, address) {
        step(`begin ${name} ${address}`);
        if (faults.start) return { ok: false, reason: faults.start };
        return {
          ok: true,
          attempt: {
            forgive: async () => step('forgive'),
            fail: async () => step('fail'),
            abandon: async () => step('abandon'),
          },
        };
      },
    },
    accounts: {
      async findAccountByNationalId(actor, nationalId) {
        step(`find ${nationalId} as ${actor.kind}`);
        if (faults.down) throw faults.down;
        return nationalId === 'A123456789' ? account : undefined;
      },
    },
    passwords: {
      async checkPassword(whose, password) {
        step(`bind ${whose?.id ?? 'decoy'}`);
        return whose !== undefined && password === right;
      },
    },
    codes: {
      admitMail: async () => faults.mail ?? true,
      async issueForLogin(_account, binding) {
        step(`issue ${binding}`);
        return { code: '12345678', validUntil: clock.now() };
      },
      issueForDay: () => Promise.reject(new Error('not asked for')),
      withdraw: () => Promise.reject(new Error('not asked for')),
      async redeem(_account, binding, typed) {
        step(`code ${binding} ${typed}`);
        return faults.code ?? { ok: true };
      },
    },
    notices: {
      mailedCode: async (_account, code) => step(`mail ${code}`),
      passwordLoginClosed: async (_account, why) => step(`mail why: ${why}`),
    },
    sealing: testSealing,
    clock,
    settings: {
      graceHours: 72,
      oneDayEnabled: true,
      openingPasswordPrefix: 'MmDd',
      firstLoginAsksCode: true,
      ...faults.settings,
    },
  });
  return { login, steps };
}

const attempt = {
  binding: 'x',
  address: '9.9.9.9',
  name: 'A123456789',
  password: right,
  captcha: 'solved',
};

describe('a login', () => {
  test('goes through captcha, limits, password, code, in this order', async () => {
    const { login, steps } = doorWith();
    expect(await login.logIn(attempt, '87654321')).toEqual({
      ok: true,
      account: enabled,
      verdict: { ok: true, way: 'one-day', mustChange: false },
      mailConfirmed: true,
    });
    expect(steps).toEqual([
      'captcha x solved',
      'begin A123456789 9.9.9.9',
      'find A123456789 as system',
      `bind ${id}`,
      'forgive',
      'code x 87654321',
    ]);
  });

  test('takes the name and the password in the writings that mean the same', async () => {
    const { login } = doorWith();
    expect((await login.logIn({ ...attempt, name: ' ａ123456789 ' }, '1')).ok).toBe(true);
  });

  test('without a captcha touches nothing', async () => {
    const { login, steps } = doorWith({ captcha: false });
    expect(await login.logIn(attempt, '1')).toEqual({ ok: false, reason: 'captcha', told: true });
    expect(steps).toEqual(['captcha x solved']);
  });

  test.each(['locked', 'address-limit'] as const)(
    '%s: no directory is asked, nothing told',
    async (start) => {
      const { login, steps } = doorWith({ start });
      expect(await login.logIn(attempt, '1')).toEqual({ ok: false, reason: start, told: false });
      expect(steps).toEqual(['captcha x solved', 'begin A123456789 9.9.9.9']);
    },
  );

  test('with a wrong password counts, tells nothing and asks for no code', async () => {
    const { login, steps } = doorWith();
    expect(await login.logIn({ ...attempt, password: 'wrong' }, '1')).toEqual({
      ok: false,
      reason: 'wrong-password',
      account: enabled,
      told: false,
    });
    expect(steps.slice(2)).toEqual(['find A123456789 as system', `bind ${id}`, 'fail']);
  });

  test.each([
    ['unknown', { account: undefined }, 'A123456789', ['find A123456789 as system']],
    ['no national ID', {}, '*)(uid=*', []],
    ['empty', {}, '', []],
  ])('under a name that is %s does the same work on a decoy', async (_, faults, name, searches) => {
    const { login, steps } = doorWith(faults);
    const result = await login.logIn({ ...attempt, name }, '1');
    expect(result).toEqual({ ok: false, reason: 'unknown-account', told: false });
    expect(steps.slice(2)).toEqual([...searches, 'bind decoy', 'fail']);
  });

  test.each<[Extract<CodeVerdict, { ok: false }>['reason']]>([
    ['wrong-code'],
    ['no-code'],
    ['code-tries-used-up'],
  ])('with %s is refused after the password was forgiven, and nothing is told', async (reason) => {
    const { login, steps } = doorWith({ code: { ok: false, reason } });
    expect(await login.logIn(attempt, '1')).toEqual({ ok: false, reason, account: enabled, told: false });
    expect(steps).toContain('forgive');
    expect(steps).not.toContain('fail');
  });

  test('of somebody who proved everything says why it is closed', async () => {
    const disabled: Account = { ...enabled, status: 'disabled' };
    expect(await doorWith({ account: disabled }).login.logIn(attempt, '1')).toMatchObject({
      ok: false,
      reason: 'disabled',
      told: true,
    });
    const closed: Account = { ...enabled, password: { set: true, history: [] } };
    expect(await doorWith({ account: closed }).login.logIn(attempt, '1')).toMatchObject({
      ok: false,
      reason: 'not-enabled-today',
      told: true,
    });
  });

  test('of a disabled account with a wrong code says nothing', async () => {
    const account: Account = { ...enabled, status: 'disabled' };
    const { login } = doorWith({ account, code: { ok: false, reason: 'wrong-code' } });
    expect(await login.logIn(attempt, '1')).toMatchObject({ reason: 'wrong-code', told: false });
  });
});

describe('the first login', () => {
  const first = { ...attempt, password: 'MmDd02156789' };

  test('is by the opening password, compared beside a bind on a decoy', async () => {
    const { login, steps } = doorWith({ account: waiting });
    expect(await login.logIn(first, '1')).toMatchObject({
      ok: true,
      verdict: { way: 'opening' },
      mailConfirmed: true,
    });
    expect(steps.slice(3)).toEqual(['bind decoy', 'forgive', 'code x 1']);
  });

  test('is not by any other password, least of all one that the directory would take', async () => {
    for (const password of ['', right, 'mmdd02156789', 'MmDd02156789 ']) {
      const { login, steps } = doorWith({ account: waiting });
      expect(await login.logIn({ ...first, password }, '1')).toMatchObject({ reason: 'wrong-password' });
      expect(steps.at(-1)).toBe('fail');
    }
  });

  test('the opening password opens no account that is open', async () => {
    expect(await doorWith().login.logIn(first, '1')).toMatchObject({ ok: false, reason: 'wrong-password' });
  });

  test('asks for no code where a deployment says so, and then confirms no address', async () => {
    const { login, steps } = doorWith({ account: waiting, settings: { firstLoginAsksCode: false } });
    expect(await login.logIn(first, '')).toMatchObject({ ok: true, mailConfirmed: false });
    expect(steps.some((step) => step.startsWith('code'))).toBe(false);
    const open = doorWith({ settings: { firstLoginAsksCode: false } });
    await open.login.logIn(attempt, '1');
    expect(open.steps).toContain('code x 1');
  });
});

describe('a code asked for', () => {
  test('is mailed after captcha, limits and password', async () => {
    const { login, steps } = doorWith();
    expect(await login.sendCode(attempt)).toEqual({ ok: true, account: enabled });
    expect(steps.slice(-3)).toEqual(['forgive', 'issue x', 'mail 12345678']);
  });

  test.each<[string, Faults, string, string]>([
    ['captcha', { captcha: false }, right, 'captcha'],
    ['lock', { start: 'locked' }, right, 'locked'],
    ['password', {}, 'wrong', 'wrong-password'],
    ['account', { account: undefined }, right, 'unknown-account'],
    ['address', { account: { ...enabled, contact: {} } }, right, 'no-address'],
    ['pause', { mail: false }, right, 'sent-recently'],
  ])('without the right %s no code is made and no mail goes out', async (_, faults, password, reason) => {
    const { login, steps } = doorWith(faults);
    expect(await login.sendCode({ ...attempt, password })).toMatchObject({ ok: false, reason });
    expect(steps.filter((step) => /^(issue|mail)/.test(step))).toEqual([]);
  });

  test('on a closed day is answered by mail alone, and not more often than codes', async () => {
    const account: Account = { ...enabled, password: { set: true, history: [] } };
    const { login, steps } = doorWith({ account });
    expect(await login.sendCode(attempt)).toMatchObject({ ok: false, reason: 'not-enabled-today' });
    expect(steps.at(-1)).toBe('mail why: not-enabled-today');
    expect(steps.some((step) => step.startsWith('issue'))).toBe(false);
    const again = doorWith({ account, mail: false });
    expect(await again.login.sendCode(attempt)).toMatchObject({ reason: 'sent-recently' });
    expect(again.steps.some((step) => step.startsWith('mail'))).toBe(false);
  });
});

describe('while the directory does not answer', () => {
  test('an attempt fails and counts for nothing', async () => {
    const { login, steps } = doorWith({ down: new HufuError('directory-unavailable') });
    await expect(login.logIn(attempt, '1')).rejects.toMatchObject({ code: 'directory-unavailable' });
    await expect(login.sendCode(attempt)).rejects.toMatchObject({ code: 'directory-unavailable' });
    expect(steps.filter((step) => step === 'abandon')).toHaveLength(2);
    expect(steps).not.toContain('fail');
  });

  test('so does one on an account whose fields cannot be opened', async () => {
    const broken: Account = { ...waiting, birthday: enabled.nationalId };
    const { login, steps } = doorWith({ account: broken });
    await expect(login.logIn(attempt, '1')).rejects.toThrow();
    expect(steps.at(-1)).toBe('abandon');
  });
});
