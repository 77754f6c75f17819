import { describe, expect, it } from 'vitest';
import { displayWidth, padToWidth } from '#demo/display-width.ts';
import { startTable } from '#demo/start-table.ts';

describe('displayWidth', () => {
  it.each([
    ['csm_user', 8],
    ['何初啟', 6],
    ['（今日）', 8],
    ['e網通', 5],
    ['·“”', 3],
  ])('of %s is %i', (text, width) => expect(displayWidth(text)).toBe(width));

  it('pads to columns, not to characters', () => {
    expect(padToWidth('何', 4)).toBe('何  ');
    expect(padToWidth('何初啟', 4)).toBe('何初啟');
  });
});

describe('startTable', () => {
  it('says where everything is and who logs in how', () => {
    const way = {
      account: 'A123456789',
      name: '何初啟',
      nameEn: 'Ho',
      email: 'ho@example.test',
      agency: '某機關',
      roles: ['csm_user'],
      state: 'enabled',
      expect: { zh: '直接登入', en: 'logs in' },
    } as const;
    const text = startTable({
      issuer: 'http://localhost:3000',
      mailbox: 'http://127.0.0.1:3009',
      card: 'http://localhost:61161',
      pki: 'http://127.0.0.1:3007',
      systems: [],
      ways: [{ ...way, password: 'Some-Password-1' }, way],
      dataFolder: '/data',
    });
    expect(text).toContain('A123456789    Some-Password-1');
    expect(text).toContain('（您設定的 the one you set）');
    expect(text).toContain('直接登入 · logs in');
    expect(text).toContain('http://127.0.0.1:3009/people');
    expect(text).toContain('http://localhost:61161');
    expect(text).toMatch(/周改日 .*憑證已過期 · the certificate has expired/);
    expect(text).toContain('/data');
  });
});
