import { describe, expect, it } from 'vitest';
import {
  certificateStanding,
  comparableName,
  daysLeftOf,
  judgeRegistration,
  judgeRemoval,
  waysIn,
} from '#accounts/certificate-rules.ts';
import type { PresentedCertificate } from '#certificates/presented-certificate.ts';
import type { Account } from '#domain/account.ts';
import type { FormerCertificate } from '#domain/certificate-binding.ts';
import type { NationalId } from '#domain/national-id.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { sampleAccount } from '#test/support/memory/accounts.ts';

const now = new Date('2026-03-02T04:00:00.000Z');
const nationalId = 'A123456789' as NationalId;

function presented(changes: Partial<PresentedCertificate> = {}): PresentedCertificate {
  const { registeredAt: _, ...facts } = sampleBinding();
  return { ...facts, der: Buffer.from('der'), lastFour: '6789', ...changes };
}

const judge = (changes: Partial<PresentedCertificate> = {}, account: Partial<Account> = {}) =>
  judgeRegistration(sampleAccount(account), nationalId, presented(changes), now);

describe('registering', () => {
  it('binds what the certificate says, and when', () => {
    const card = presented();
    const verdict = judgeRegistration(sampleAccount(), nationalId, card, now);
    const { der: _, lastFour: __, ...facts } = card;
    const binding = { ...facts, registeredAt: now };
    expect(verdict).toStrictEqual({
      ok: true,
      binding,
      replaced: [],
      lists: { certificates: [binding], formerCertificates: [] },
    });
  });

  it.each<[string, Partial<PresentedCertificate>, Partial<Account>]>([
    ['not-enabled', {}, { status: 'disabled' }],
    ['not-enabled', {}, { status: 'not-opened' }],
    ['not-a-person', { holderKind: 'company' }, {}],
    ['not-a-person', { subjectSerial: '123' }, {}],
    ['not-a-person', { subjectSerial: '00123456789012345' }, {}],
    ['other-holder', { lastFour: '6788' }, {}],
    ['other-holder', { lastFour: '' }, {}],
    ['other-holder', { lastFour: 'A123456789' }, {}],
    ['other-holder', { lastFour: '6788', subjectName: '別人' }, {}],
    ['name-mismatch', { subjectName: '王小民' }, {}],
    ['name-mismatch', { subjectName: '' }, {}],
    ['name-mismatch', {}, { name: '王小明明' }],
  ])('refuses: %s %o %o', (reason, changes, account) => {
    expect(judge(changes, account)).toEqual({ ok: false, reason });
  });

  it.each(['holderKind', 'subjectSerial', 'lastFour'] as const)('refuses what does not say %s', (field) => {
    const { [field]: _, ...lacking } = presented();
    expect(judgeRegistration(sampleAccount(), nationalId, lacking, now).ok).toBe(false);
  });

  it.each([
    ['full-width letters', 'ＬＩＮ　Ａ', 'LIN A'],
    ['space around and between', ' 王  小明 ', '王 小明'],
    ['a compatibility ideograph', '\uF9E4', '\u7406'],
    ['characters beyond the basic plane', '𠀀明', '𠀀明'],
  ])('takes names that differ in form alone: %s', (_, subjectName, name) => {
    expect(judge({ subjectName }, { name }).ok).toBe(true);
    expect(judge({ subjectName: name }, { name: subjectName }).ok).toBe(true);
  });

  it('keeps different characters apart, and letters of different case', () => {
    expect(comparableName('峰')).not.toBe(comparableName('峯'));
    expect(comparableName('LIN')).not.toBe(comparableName('Lin'));
  });

  it('refuses the certificate that is registered already', () => {
    const card = sampleBinding();
    const { registeredAt: _, ...facts } = card;
    expect(judge(facts, { certificates: [card] })).toEqual({ ok: false, reason: 'already-registered' });
  });

  it.each([true, false])('replaces the card before, of the same subject serial: %s', (isSame) => {
    const old = sampleBinding({ lastUsedAt: now });
    const serial = isSame ? { subjectSerial: old.subjectSerial ?? '' } : {};
    const verdict = judge(serial, { certificates: [old] });
    expect(verdict).toMatchObject({
      replaced: [old],
      lists: { formerCertificates: [{ certificate: old, endedAt: now, reason: 'replaced' }] },
    });
    expect(verdict.ok && verdict.lists.certificates).toStrictEqual(verdict.ok && [verdict.binding]);
  });

  it('leaves the telephone beside a new card, and the card beside a new telephone', () => {
    const [card, mobile] = [sampleBinding(), sampleBinding({ medium: 'mobile' })];
    const both = { certificates: [card, mobile] };
    for (const [medium, kept, replaced] of [
      ['card', mobile, card],
      ['mobile', card, mobile],
    ] as const) {
      const verdict = judge({ medium }, both);
      expect(verdict).toMatchObject({ ok: true, replaced: [replaced] });
      expect(verdict.ok && verdict.lists.certificates[0]).toBe(kept);
    }
  });

  it('keeps the twenty that ended last', () => {
    const former: FormerCertificate[] = Array.from({ length: 20 }, () => ({
      certificate: sampleBinding(),
      endedAt: now,
      reason: 'removed',
    }));
    const old = sampleBinding();
    const verdict = judge({}, { certificates: [old], formerCertificates: former });
    const kept = verdict.ok ? verdict.lists.formerCertificates : [];
    expect(kept).toHaveLength(20);
    expect(kept[0]?.certificate).toBe(old);
    expect(kept[19]).toBe(former[18]);
  });
});

describe('taking away', () => {
  const [card, mobile] = [sampleBinding(), sampleBinding({ medium: 'mobile' })];
  const expired = sampleBinding({ notAfter: new Date(now.getTime() - 1) });
  const remove = (certificates: Account['certificates'], key = card) =>
    judgeRemoval(sampleAccount({ certificates }), key, now);

  it('keeps the others, and history', () => {
    expect(remove([card, mobile])).toStrictEqual({
      ok: true,
      removed: card,
      lists: {
        certificates: [mobile],
        formerCertificates: [{ certificate: card, endedAt: now, reason: 'removed' }],
      },
    });
  });

  it('refuses the last way in; one that has run out is none', () => {
    const last = { ok: false, reason: 'last-way-in' };
    expect(remove([card])).toEqual(last);
    expect(remove([card, expired])).toEqual(last);
    expect(remove([card, sampleBinding({ notBefore: new Date(now.getTime() + 1) })])).toEqual(last);
    expect(remove([card, expired], expired).ok).toBe(true);
  });

  it('refuses what is not there', () => {
    expect(remove([mobile])).toEqual({ ok: false, reason: 'not-registered' });
    expect(remove([])).toEqual({ ok: false, reason: 'not-registered' });
  });

  it('counts the certificates that are good now as ways in, and no password', () => {
    const account = {
      ...sampleAccount({ certificates: [card, expired] }),
      password: { set: true, history: [] },
    };
    expect(waysIn(account, now)).toEqual([{ kind: 'certificate', certificate: card }]);
  });
});

describe('its time', () => {
  const ending = (ms: number) => sampleBinding({ notAfter: new Date(now.getTime() + ms) });
  const day = 86_400_000;

  it.each([
    [60 * day + day, 'valid', 61],
    [61 * day - 1, 'ending', 60],
    [day, 'ending', 1],
    [0, 'ending', 0],
    [-1, 'expired', undefined],
  ])('%s ms before its end', (ms, standing, daysLeft) => {
    expect(certificateStanding(ending(ms), now, 60)).toBe(standing);
    expect(daysLeftOf(ending(ms), now)).toBe(daysLeft);
  });

  it('has not begun before its first millisecond', () => {
    const notBefore = new Date(now.getTime() + 1);
    expect(certificateStanding(sampleBinding({ notBefore }), now, 60)).toBe('not-yet-valid');
    expect(certificateStanding(sampleBinding({ notBefore: now }), now, 60)).toBe('valid');
  });
});
