import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '#domain/account.ts';
import type { CertificateBinding, FormerCertificate } from '#domain/certificate-binding.ts';
import { sampleBinding } from '#test/support/certificate-bindings.ts';
import { mintSelfSigned } from '#test/support/self-signed-certificate.ts';
import { newAccount, oid, person, system, type DirectoryWorld } from './directory-world.ts';

const run = promisify(execFile);
const taken = { code: 'not-unique', facts: { attribute: 'certificate' } };

export function describeCertificates(world: () => DirectoryWorld): void {
  const accounts = () => world().directory.accounts;
  const get = async (id: AccountId) => {
    const account = await accounts().findAccount(system, id);
    if (!account) throw new Error('the account is gone');
    return account;
  };
  const open = async () => (await accounts().openAccount(system, newAccount())).id;
  const bind = (id: AccountId, revision: number, ...certificates: CertificateBinding[]) =>
    accounts().modifyAccount(system, id, revision, { certificates });

  describe('bound certificates', () => {
    it('are read with the account, in order of registration, and found by their keys', async () => {
      const id = await open();
      const card = sampleBinding({ subjectName: '王𠀀明' });
      const mobile = sampleBinding({
        medium: 'mobile',
        subjectSerial: card.subjectSerial ?? '',
        registeredAt: new Date('2026-04-01T00:00:00.000Z'),
      });
      await bind(id, 1, mobile, card);
      const account = await get(id);
      expect(account.certificates).toStrictEqual([card, mobile]);
      expect(await accounts().findAccountByCertificate(system, card)).toStrictEqual(account);
      expect(await accounts().findAccountByCertificate(system, mobile)).toStrictEqual(account);
    });

    it.each([
      ['LDAP filter characters', '*)(uid=*))(|(uid=*'],
      ['characters of distinguished names', ' #,+"\\<>;=o=x '],
      ['JSON', '"},{"reason":"removed"'],
      ['line breaks and LDIF', 'a\ndn: cn=x\n\nb'],
      ['a NUL', 'a\0b'],
      ['four thousand characters', '名'.repeat(4_000)],
    ])('keep a name with %s as it is', async (_, subjectName) => {
      const id = await open();
      const card = sampleBinding({ subjectName, issuerName: subjectName });
      await bind(id, 1, card);
      expect((await get(id)).certificates).toStrictEqual([card]);
      expect((await accounts().findAccountByCertificate(system, card))?.id).toBe(id);
    });

    it('are found by issuer and serial number together alone', async () => {
      const id = await open();
      const card = sampleBinding();
      await bind(id, 1, card);
      const otherIssuer = { ...card, issuerKeyId: '00'.repeat(32) };
      expect(await accounts().findAccountByCertificate(system, otherIssuer)).toBeUndefined();
      expect(await accounts().findAccountByCertificate(system, { ...card, serial: '1' })).toBeUndefined();
      const malformed = { ...card, serial: '*' };
      expect(await accounts().findAccountByCertificate(system, malformed)).toBeUndefined();
    });

    it('are found by nobody whose scope does not reach the account', async () => {
      const id = await open();
      const card = sampleBinding();
      await bind(id, 1, card);
      const find = (actor: Parameters<typeof person>[0]) =>
        accounts().findAccountByCertificate(person(actor), card);
      expect(await find({ office: 'manager', scopeOid: oid('2.16.886.101.90002') })).toBeUndefined();
      expect(await find({ office: 'general' })).toBeUndefined();
      expect((await find({ office: 'manager' }))?.id).toBe(id);
      expect((await find({ id }))?.id).toBe(id);
    });

    it('give way to the next list, and history is kept as given', async () => {
      const id = await open();
      const [old, next] = [
        sampleBinding({ lastUsedAt: new Date('2026-05-01T01:02:03.004Z') }),
        sampleBinding(),
      ];
      await bind(id, 1, old);
      const ended = (reason: FormerCertificate['reason'], endedAt: string): FormerCertificate => ({
        certificate: reason === 'removed' ? sampleBinding() : old,
        endedAt: new Date(endedAt),
        reason,
      });
      const former = [
        ended('replaced', '2026-06-01T00:00:00.000Z'),
        ended('removed', '2026-05-01T00:00:00.000Z'),
      ];
      await accounts().modifyAccount(system, id, 2, {
        certificates: [next],
        formerCertificates: former.toReversed(),
      });
      const account = await get(id);
      expect(account.certificates).toStrictEqual([next]);
      expect(account.formerCertificates).toStrictEqual(former);
      expect(await accounts().findAccountByCertificate(system, old)).toBeUndefined();
    });

    it('stay where a change does not name them', async () => {
      const id = await open();
      const card = sampleBinding();
      await bind(id, 1, card);
      await accounts().modifyAccount(system, id, 2, { name: '改名人' });
      expect((await get(id)).certificates).toStrictEqual([card]);
    });

    it.each([
      ['serial', { serial: '00ab' }],
      ['issuer', { issuerKeyId: 'MOICA' }],
      ['subject serial', { subjectSerial: 'a.b' }],
      ['fingerprint', { fingerprint: '' }],
    ])('are refused with a malformed %s', async (_, malformed) => {
      const id = await open();
      await expect(bind(id, 1, sampleBinding(malformed))).rejects.toMatchObject({ code: 'bad-request' });
      expect(await get(id)).toMatchObject({ revision: 1, certificates: [] });
    });

    it('are not bound by somebody who does not see the account, nor at an older revision', async () => {
      const id = await open();
      const change = { certificates: [sampleBinding()] };
      const stranger = person({ office: 'manager', scopeOid: oid('2.16.886.101.90002') });
      for (const actor of [stranger, person({})]) {
        await expect(accounts().modifyAccount(actor, id, 1, change)).rejects.toMatchObject({
          code: 'not-found',
        });
      }
      await bind(id, 1, sampleBinding());
      await expect(bind(id, 1, sampleBinding())).rejects.toMatchObject({ code: 'changed-meanwhile' });
    });
  });

  describe('one account a certificate', () => {
    it('refuses a certificate, and another of its holder, that is bound elsewhere', async () => {
      const [first, second] = [await open(), await open()];
      const card = sampleBinding();
      await bind(first, 1, card);
      await expect(bind(second, 1, card)).rejects.toMatchObject(taken);
      const sameKey = sampleBinding({ serial: card.serial });
      await expect(bind(second, 1, sameKey)).rejects.toMatchObject(taken);
      const sameHolder = sampleBinding({ subjectSerial: card.subjectSerial ?? '' });
      await expect(bind(second, 1, sameHolder)).rejects.toMatchObject(taken);
      expect((await get(second)).revision).toBe(1);
      await bind(second, 1, { ...sameHolder, holderKind: 'company' });
    });

    it('lets the same account renew, its holder staying', async () => {
      const id = await open();
      const card = sampleBinding();
      await bind(id, 1, card);
      const renewed = sampleBinding({ subjectSerial: card.subjectSerial ?? '' });
      await bind(id, 2, renewed);
      expect((await accounts().findAccountByCertificate(system, renewed))?.id).toBe(id);
      expect(await accounts().findAccountByCertificate(system, card)).toBeUndefined();
    });

    it('lets one of 20 simultaneous bindings to two accounts through', async () => {
      const [first, second] = [await open(), await open()];
      const card = sampleBinding();
      const other = world().connect();
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) =>
          (turn % 3 ? other : world().directory).accounts.modifyAccount(
            system,
            turn % 2 ? first : second,
            1,
            {
              certificates: [card],
            },
          ),
        ),
      );
      await other.close();
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected')
          expect(['not-unique', 'changed-meanwhile']).toContain(result.reason.code);
      }
      const bound = await Promise.all([first, second].map(get));
      expect(bound.flatMap(({ certificates }) => certificates)).toStrictEqual([card]);
    });

    it('frees a certificate with its binding and with its account', async () => {
      const [first, second, third] = [await open(), await open(), await open()];
      const card = sampleBinding();
      await bind(first, 1, card);
      await accounts().modifyAccount(system, first, 2, { certificates: [] });
      expect(await accounts().findAccountByCertificate(system, card)).toBeUndefined();
      await bind(second, 1, card);
      await accounts().removeAccount(system, second, 2);
      await bind(third, 1, card);
      expect((await accounts().findAccountByCertificate(system, card))?.id).toBe(third);
    });
  });

  describe('use of a certificate', () => {
    it('is recorded for it and for the account, without touching the revision', async () => {
      const id = await open();
      const [card, mobile] = [
        sampleBinding(),
        sampleBinding({ registeredAt: new Date('2026-04-01T00:00:00Z') }),
      ];
      await bind(id, 1, card, mobile);
      const [first, second] = [new Date('2026-05-01T00:00:00.001Z'), new Date('2026-05-02T00:00:00.002Z')];
      await accounts().recordCertificateLogin(system, await get(id), card, first);
      await accounts().recordCertificateLogin(system, await get(id), mobile, second);
      const account = await get(id);
      expect(account).toMatchObject({ revision: 2, lastCertificateLogin: second });
      expect(account.certificates).toStrictEqual([
        { ...card, lastUsedAt: first },
        { ...mobile, lastUsedAt: second },
      ]);
    });

    it('is recorded by nobody who does not see the account', async () => {
      const account = await get(await open());
      const record = accounts().recordCertificateLogin(person({}), account, sampleBinding(), new Date());
      await expect(record).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  it('keeps the certificates themselves, each as long as it is bound', async () => {
    const id = await open();
    const [first, second] = [await mintDer(), await mintDer()];
    const [card, mobile] = [first, second].map((der) =>
      sampleBinding({ fingerprint: createHash('sha256').update(der).digest('hex') }),
    ) as [CertificateBinding, CertificateBinding];
    await accounts().modifyAccount(system, id, 1, { certificates: [card], newCertificates: [first] });
    expect(await stored(world(), id)).toEqual([first.toString('base64')]);
    await accounts().modifyAccount(system, id, 2, {
      certificates: [card, mobile],
      newCertificates: [second],
    });
    expect((await stored(world(), id)).toSorted()).toEqual(
      [first, second].map((der) => der.toString('base64')).toSorted(),
    );
    await bind(id, 3, mobile);
    expect(await stored(world(), id)).toEqual([second.toString('base64')]);
    await bind(id, 4);
    expect(await stored(world(), id)).toEqual([]);
  });
}

async function mintDer(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-certificate-'));
  try {
    return new X509Certificate(mintSelfSigned(folder).cert).raw;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** userCertificate;binary in base64, as ldapsearch shows it. */
async function stored({ server }: DirectoryWorld, id: AccountId): Promise<string[]> {
  const branch = server.mapping?.accounts.baseDn ?? `ou=accounts,${server.baseDn}`;
  const identity = ['-x', '-D', server.serviceDn, '-w', server.servicePassword];
  const form = ['-LLL', '-o', 'ldif-wrap=no', '-H', server.url, '-b', `uid=${id},${branch}`];
  const { stdout } = await run('ldapsearch', [
    ...identity,
    ...form,
    '(objectClass=*)',
    'userCertificate;binary',
  ]);
  return [...stdout.matchAll(/^userCertificate;binary:: (.*)$/gm)].map(([, value]) => value ?? '');
}
