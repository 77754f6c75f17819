import { expect, it } from 'vitest';
import { formAnswer } from '#pages/form-answer.ts';

it('answers in words, with parameters filled in and nothing that is absent', () => {
  const errors = [
    { field: 'new_password', message: 'password.error.length', params: { minimum: 12 } },
    { field: '', message: 'login.error.refused', code: 'L02' },
  ] as const;
  const answer = formAnswer('en', { errors });
  expect(answer.errors[0]).toEqual({ field: 'new_password', text: 'Too short: at least 12 characters.' });
  expect(answer.errors[1]).toMatchObject({ field: '', code: 'L02' });
  expect(Object.keys(answer)).toEqual(['errors']);
  expect(formAnswer('zh-TW', { notice: 'login.notice.signed-out', errors: [], resendSeconds: 60 })).toEqual({
    notice: '您已登出。',
    errors: [],
    resendSeconds: 60,
  });
});
