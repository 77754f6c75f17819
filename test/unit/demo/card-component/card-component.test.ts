import { createHash, verify, X509Certificate } from 'node:crypto';
import { createServer } from 'node:net';
import { ContentInfo, SignedData } from 'pkijs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findTakenAddresses } from '#demo/free-ports.ts';
import { mintSampleCards, samplePin } from '../../../support/demo/sample-cards.ts';
import { startCardComponent, type RunningComponent } from '../../../support/demo/start-card-component.ts';

const { pki, cards } = mintSampleCards();
const tbs = 'hufu.login.v1.localhost.c2FtcGxl';
const reader = 'Hufu Demo Smart Card Reader';
let component: RunningComponent;

beforeAll(async () => {
  component = await startCardComponent(cards, () => new Date('2026-11-26T08:00:00Z'));
});
afterAll(() => component.stop());
beforeEach(async () => {
  await component.control({ reset: true, insert: { card: 'good', slot: 0 } });
});

/** As a page asks for a signature. */
const request = {
  func: 'MakeSignature',
  signatureType: 'PKCS7',
  tbs,
  tbsEncoding: 'NONE',
  hashAlgorithm: 'SHA256',
  withCardSN: 'false',
  pin: samplePin,
  nonce: '',
  slotDescription: '',
};

function sign(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return component.ask('/sign', { ...request, ...changes });
}

function bytesOf(value: unknown): Buffer {
  if (typeof value !== 'string') throw new Error('no base64 text');
  return Buffer.from(value, 'base64');
}

function parseCms(signature: unknown): SignedData {
  const info = ContentInfo.fromBER(new Uint8Array(bytesOf(signature)));
  return new SignedData({ schema: info.content });
}

function contentOf(message: SignedData): string {
  return Buffer.from(message.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)).toString();
}

describe('a signature', () => {
  it('is over exactly what was asked, by the card’s first certificate', async () => {
    const answer = await sign();
    expect(answer).toMatchObject({ func: 'sign', ret_code: 0, last_error: 0, cardSN: 'CS99000000000042' });
    expect(new X509Certificate(bytesOf(answer['certb64'])).subject).toContain('CN=王示範');
    const message = parseCms(answer['signature']);
    expect(contentOf(message)).toBe(tbs);
    expect(message.certificates).toHaveLength(1);
    expect(message.signerInfos).toHaveLength(1);
    const [info] = message.signerInfos;
    expect(info?.signedAttrs?.attributes.map(({ type }) => type).sort()).toEqual([
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
      '1.2.840.113549.1.9.5',
    ]);
    const signed = Buffer.from(info?.signedAttrs?.encodedValue ?? new ArrayBuffer(0));
    const key = new X509Certificate(bytesOf(answer['certb64'])).publicKey;
    expect(verify('SHA256', signed, key, Buffer.from(info?.signature.valueBlock.valueHexView ?? []))).toBe(
      true,
    );
    expect(signed.includes(createHash('sha256').update(tbs).digest())).toBe(true);
    expect(signed.toString('latin1')).toContain('261126080000Z');
  });

  it('decodes base64 when asked', async () => {
    const encoded = Buffer.from('raw bytes').toString('base64');
    const answer = await sign({ tbs: encoded, tbsEncoding: 'base64' });
    expect(contentOf(parseCms(answer['signature']))).toBe('raw bytes');
    expect((await sign({ tbs: 'a.b', tbsEncoding: 'base64' }))['ret_code']).toBe(0x7600000c);
  });

  it('carries nonce and card number when asked', async () => {
    const answer = await sign({ withCardSN: 'true', nonce: 'n-1' });
    const [info] = parseCms(answer['signature']).signerInfos;
    const types = info?.signedAttrs?.attributes.map(({ type }) => type);
    expect(types).toContain('1.2.840.113549.1.9.25.3');
    expect(types).toContain('2.16.886.1.100.2.204');
  });

  it('is a bare one when asked', async () => {
    const answer = await sign({ signatureType: 'PKCS1' });
    const { publicKey } = new X509Certificate(bytesOf(answer['certb64']));
    expect(verify('SHA256', Buffer.from(tbs), publicKey, bytesOf(answer['signature']))).toBe(true);
  });

  it.each([
    ['asked for', { hashAlgorithm: 'SHA1' }, {}],
    ['switched on', {}, { sha1: true }],
  ])('is with SHA-1 when %s', async (_name, asked, switches) => {
    await component.control({ switches });
    const [info] = parseCms((await sign(asked))['signature']).signerInfos;
    expect(info?.digestAlgorithm.algorithmId).toBe('1.3.14.3.2.26');
  });

  it('is by the encryption certificate when that is switched on', async () => {
    await component.control({ switches: { encryptionCertificate: true } });
    const certificate = bytesOf((await sign())['certb64']);
    expect(certificate).toEqual(cards[0]?.encryption?.certificate);
  });

  it('is an organisation’s with its card', async () => {
    await component.control({ insert: { card: 'company', slot: 0 } });
    const certificate = new X509Certificate(bytesOf((await sign())['certb64']));
    expect(certificate.checkIssued(new X509Certificate(pki.organisations.certificate))).toBe(true);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['no reader', { readers: 0 }, {}, 0x76100003, 0],
    ['no card', { remove: { slot: 0 } }, {}, 0x76000006, 0],
    ['another reader', {}, { slotDescription: 'Other Reader' }, 0x76000006, 0],
    ['cancelled', { switches: { cancels: true } }, {}, 0x76000999, 0],
    ['domain not allowed', { switches: { domainAllowed: false } }, {}, 0x76000031, 0],
    ['nothing to sign', {}, { tbs: '' }, 0x76000003, 0],
    ['no PIN', {}, { pin: '' }, 0x76000998, 0],
    ['a short PIN', {}, { pin: '12345' }, 0x76100006, 0xa2],
    ['an unknown digest', {}, { hashAlgorithm: 'MD5' }, 0x7600000c, 0],
    ['wrong card', { failWith: { retCode: 'wrongCardMoica', lastError: 'none' } }, {}, 0x83000101 | 0, 0],
    ['PIN wrong', { failWith: { retCode: 'loginFailed', lastError: 'wrongPin' } }, {}, 0x76100006, 0xa0],
    [
      'no second certificate',
      { insert: { card: 'company', slot: 0 }, switches: { encryptionCertificate: true } },
      {},
      0x76100009,
      0,
    ],
  ] as const)('%s', async (_name, wanted, asked, ret_code, last_error) => {
    await component.control(wanted);
    const answer = await sign(asked);
    expect(answer).toMatchObject({ func: 'sign', ret_code, last_error });
    expect(answer['message']).not.toBe('');
    expect(answer).not.toHaveProperty('signature');
  });

  it('counts wrong PINs down to a locked card, which only unlocking opens', async () => {
    const wrong = { pin: '000000' };
    const refused = (last_error: number) => ({ ret_code: 0x76100006, last_error });
    expect(await sign(wrong)).toMatchObject(refused(-2147483646));
    expect(await sign(wrong)).toMatchObject(refused(-2147483647));
    expect(await sign(wrong)).toMatchObject(refused(0xa4));
    expect(await sign()).toMatchObject(refused(0xa4));
    const { cards: locked } = await component.control({ remove: { slot: 0 }, unlock: 'good' });
    expect(locked.find(({ id }) => id === 'good')?.triesLeft).toBe(3);
    await component.control({ insert: { card: 'good', slot: 0 } });
    expect(await sign()).toMatchObject({ ret_code: 0 });
  });

  it('gives all tries back after a right PIN', async () => {
    await sign({ pin: '000000' });
    await sign();
    expect(await sign({ pin: '000000' })).toMatchObject({ last_error: -2147483646 });
  });

  it('says so when what it is sent is not JSON', async () => {
    expect(await component.ask('/sign', '{')).toMatchObject({ func: 'sign', ret_code: 0x7600000b });
    expect(await component.ask('/pkcs11info', 'x')).toMatchObject({ ret_code: 0x7600000b });
  });

  it('answers nothing when it is not installed, but for its own page', async () => {
    await component.control({ switches: { installed: false } });
    await expect(fetch(`${component.origin}/popupForm`)).rejects.toThrow('fetch failed');
    await expect(sign()).rejects.toThrow('fetch failed');
    expect((await fetch(component.origin)).status).toBe(200);
  });

  it('takes its time when that is set', async () => {
    await component.control({ switches: { delaySeconds: 0.2 } });
    const before = performance.now();
    await sign();
    expect(performance.now() - before).toBeGreaterThan(190);
  });
});

describe('the readers', () => {
  it('are listed with their cards and, when asked, their certificates', async () => {
    await component.control({ readers: 2, insert: { card: 'company', slot: 1 } });
    expect(await component.ask('/pkcs11info', { func: 'CheckEnvir' })).toMatchObject({
      func: 'pkcs11info',
      ret_code: 0,
      slots: [
        { slotDescription: `${reader} 0`, token: { label: 'MOICA-Test', serialNumber: 'CS99000000000042' } },
        { slotDescription: `${reader} 1`, token: { label: 'MOEACA-Test' } },
      ],
    });
    const { slots } = await component.ask('/pkcs11info?withcert=true', {
      func: 'GetUserCert',
      slotDescription: `${reader} 0`,
    });
    expect(slots).toMatchObject([
      {
        token: {
          certs: [
            { label: 'cert1', usage: 'digitalSignature', subjectCN: '王示範', subjectID: '9999000000000042' },
            { label: 'cert2', usage: 'keyEncipherment|dataEncipherment' },
          ],
        },
      },
    ]);
  });

  it('have no token without a card, and one card is in one reader', async () => {
    const { slots } = await component.control({ readers: 2, insert: { card: 'good', slot: 1 } });
    expect(slots.map(({ card }) => card)).toEqual([null, 'good']);
    expect(await component.ask('/pkcs11info', {})).toMatchObject({ slots: [{ token: null }, {}] });
    expect(await sign({ slotDescription: `${reader} 0` })).toMatchObject({ ret_code: 0x76000006 });
    expect(await sign({ slotDescription: `${reader} 1` })).toMatchObject({ ret_code: 0 });
  });

  it('are told in a picture too, in the order blue, green, red', async () => {
    const answer = await fetch(`${component.origin}/p11Image.bmp`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const bitmap = Buffer.from(await answer.arrayBuffer());
    expect([bitmap.toString('latin1', 0, 2), bitmap.readInt32LE(18), bitmap.readUInt16LE(28)]).toEqual([
      'BM',
      2000,
      24,
    ]);
    const text = bitmap.subarray(54).toString('latin1').replace(/\0+$/, '');
    expect(JSON.parse(text)).toMatchObject({
      func: 'pkcs11info',
      slots: [{ token: { label: 'MOICA-Test' } }],
    });
  });
});

describe('other pages', () => {
  it('may neither ask the card nor change anything on the desk', async () => {
    const headers = { Origin: 'http://localhost:3000', 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const path of ['/sign', '/pkcs11info', '/control']) {
      const answer = await fetch(component.origin + path, { method: 'POST', headers, body: 'deed=reset' });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('cannot reach it by another name', async () => {
    const { port } = new URL(component.origin);
    expect((await fetch(`http://127.0.0.1:${port}/popupForm`)).status).toBe(421);
  });
});

describe('the desk', () => {
  it.each([
    ['a card that is not there', { insert: { card: 'nobody', slot: 0 } }],
    ['a reader that is not there', { insert: { card: 'good', slot: 3 } }],
    ['unlocking a card that is not there', { unlock: 'nobody' }],
    ['an unknown key', { eject: true }],
    ['an unknown code', { failWith: { retCode: 'nonsense' } }],
  ])('refuses %s', async (_name, wanted) => {
    const answer = await fetch(`${component.origin}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(wanted),
    });
    expect(answer.status).toBe(400);
  });

  it('takes the page’s forms', async () => {
    const post = (form: Record<string, string>) =>
      fetch(`${component.origin}/control`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      });
    const form = {
      deed: 'switches',
      readers: '3',
      delaySeconds: '0',
      sha1: 'on',
      failWith: 'loginFailed locked',
    };
    expect((await post(form)).status).toBe(303);
    const state: unknown = await (await fetch(`${component.origin}/control`)).json();
    expect(state).toMatchObject({
      slots: [{ card: 'good' }, { card: null }, { card: null }],
      switches: { installed: false, domainAllowed: false, cancels: false, sha1: true },
      failWith: { retCode: 'loginFailed', lastError: 'locked' },
    });
    expect((await post({ deed: 'reset' })).status).toBe(303);
    expect((await post({ deed: 'insert', card: 'company', slot: '0' })).status).toBe(303);
    expect((await post({ deed: 'nonsense' })).status).toBe(400);
    expect(await (await fetch(component.origin)).text()).toContain('示範股份有限公司');
  });
});

describe('its port', () => {
  it('is found taken when something else listens there', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const [taken] = await findTakenAddresses([{ host: '127.0.0.1', port, what: 'the card component' }]);
    expect(taken).toMatchObject({ code: 'EADDRINUSE', what: 'the card component' });
    server.close();
  });
});
