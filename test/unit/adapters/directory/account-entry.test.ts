import { describe, expect, it } from 'vitest';
import type { Entry } from 'ldapts';
import { readAccount } from '#adapters/directory/account-entry.ts';
import { formatCertificate } from '#adapters/directory/certificate-values.ts';
import { readEntry } from '#adapters/directory/ldap-values.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { createKeptLog } from '#test/support/kept-log.ts';

const whole: Entry = {
  dn: 'uid=x',
  uid: 'a'.repeat(26),
  cn: '範例人',
  hufuRevision: '7',
  hufuNationalIdSealed: 'k.x',
  hufuBirthdaySealed: 'k.y',
  hufuAgencyOid: '2.16.1',
  hufuAgencyCode: 'c',
  hufuAgencyName: 'n',
  hufuScopeOid: '2.16.1',
  hufuJurisdictionOid: '2.16.1',
  hufuOffice: 'general',
  hufuStatus: 'enabled',
  hufuOpenedOn: '2026-03-02',
};

const read = (changes: Record<string, string | string[]>) => {
  const log = createKeptLog();
  return { log, account: () => readAccount(readEntry({ ...whole, ...changes }), log) };
};

describe('reading an account', () => {
  it.each([
    'uid',
    'cn',
    'hufuRevision',
    'hufuNationalIdSealed',
    'hufuBirthdaySealed',
    'hufuAgencyOid',
    'hufuScopeOid',
    'hufuJurisdictionOid',
    'hufuOffice',
    'hufuStatus',
    'hufuOpenedOn',
  ])('throws, naming the attribute, without %s', (attribute) => {
    expect(read({ [attribute]: [] }).account).toThrow(
      expect.objectContaining({ code: 'internal', facts: expect.objectContaining({ attribute }) }),
    );
  });

  it.each([
    ['hufuRevision', '-1'],
    ['hufuRevision', '1e3'],
    ['hufuStatus', 'open'],
    ['hufuOffice', 'root'],
    ['hufuScopeOid', '01.2'],
    ['hufuOpenedOn', '2026-02-30'],
  ])('throws with %s %j', (attribute, value) => {
    expect(read({ [attribute]: value }).account).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it.each([
    ['hufuGrant', 'CSM USER'],
    ['hufuActivatedAt', 'yesterday'],
    ['hufuAgreement', 'x'],
    ['hufuOneDayPassword', '2026-03-02'],
    ['hufuOpeningDay', 'today'],
    ['hufuUnitOid', '1.2.'],
    ['hufuCertificate', '{}'],
    ['hufuFormerCertificate', formatCertificate(sampleBinding())],
  ])('leaves a malformed %s out, with a warning that does not repeat the value', (attribute, value) => {
    const { account, log } = read({ [attribute]: value });
    expect(account()).toStrictEqual(read({}).account());
    expect(log.lines).toStrictEqual([
      {
        level: 'warn',
        event: 'directory.malformed-value',
        fields: { account: 'a'.repeat(26), attribute },
      },
    ]);
  });

  it('keeps the good grants beside a malformed one, in order of role', () => {
    const { account } = read({ hufuGrant: ['fms_user', '???', 'csm_user;until=2026-12-31'] });
    expect(account().grants).toStrictEqual([{ role: 'csm_user', until: '2026-12-31' }, { role: 'fms_user' }]);
  });

  it('reads hashes newest first', () => {
    const { account } = read({ hufuPasswordHistory: ['10 k', '02 c', '00 a', '01 b'] });
    expect(account()).toMatchObject({ password: { history: ['a', 'b', 'c', 'k'] } });
  });

  it('keeps a good certificate beside a malformed one', () => {
    const card = sampleBinding();
    const { account } = read({ hufuCertificate: ['{', formatCertificate(card)] });
    expect(account().certificates).toStrictEqual([card]);
  });
});
