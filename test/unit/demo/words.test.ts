import { AuthorizationResponseError } from 'openid-client';
import { describe, expect, it } from 'vitest';
import { wordFor } from '#demo/business-system/words.ts';

const refused = (error: string) =>
  new AuthorizationResponseError('refused', {
    cause: new URLSearchParams({ error, error_description: 'not admitted' }),
  });

describe('wordFor', () => {
  it('has words for what the hub says, with its code and description', () => {
    expect(wordFor(refused('access_denied'))).toMatchObject({
      tone: 'bad',
      code: 'access_denied: not admitted',
      en: expect.stringContaining('not admitted'),
    });
    expect(wordFor(refused('login_required')).en).toContain('not logged in');
  });

  it('has general words for a code nobody thought of', () => {
    expect(wordFor(refused('temporarily_strange'))).toMatchObject({
      code: 'temporarily_strange: not admitted',
    });
    expect(wordFor(new TypeError('fetch failed'))).toMatchObject({ code: 'no_answer' });
  });

  it('throws on what is not an error', () => {
    expect(() => wordFor('text')).toThrow('text');
  });
});
