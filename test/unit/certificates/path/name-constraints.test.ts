import { describe, expect, test } from 'vitest';
import { checkPath } from '#certificates/check-path.ts';
import { extensionIds as ids } from '#certificates/extensions/extensions.ts';
import { CertificatePool } from '#certificates/path/certificate-pool.ts';
import { der } from '#demo/pki/der.ts';
import { encodeName } from '#demo/pki/names.ts';
import {
  mint,
  mintCa,
  now,
  write,
  type MintSpec,
  type WrittenConstraints,
} from '#test/support/certificates/mint.ts';

const root = mintCa();

async function answer(constraints: WrittenConstraints, spec: MintSpec): Promise<string> {
  const ca = mintCa({
    issuer: root,
    extensions: { [ids.nameConstraints]: write.nameConstraints(constraints) },
  });
  const verdict = await checkPath({
    certificate: mint({ issuer: ca, ...spec }).certificate,
    anchors: new CertificatePool([root.certificate]),
    intermediates: new CertificatePool([ca.certificate]),
    time: now,
    purpose: 'any',
  });
  return verdict.ok ? 'valid' : (verdict.detail ?? verdict.reason);
}

const names = (...all: readonly Buffer[]): MintSpec => ({
  extensions: { [ids.subjectAltNames]: write.alternativeNames(all) },
});
const named = (...parts: Parameters<typeof encodeName>[0]): MintSpec => ({ name: encodeName(parts) });
const { dns, mail, uri, ip, directory } = write;
const org = (name: string) =>
  encodeName([
    ['C', 'TW'],
    ['O', name],
  ]);

const good = 'valid';
const bad = 'name-not-permitted';

type Case = readonly [what: string, name: MintSpec, permitted: string, excluded: string];

/** Each name against a base that is permitted, and then excluded. */
function judge(base: Buffer, cases: readonly Case[]): void {
  for (const [what, name, permitted, excluded] of cases) {
    test(`${what}, permitted`, async () => expect(await answer({ permitted: [base] }, name)).toBe(permitted));
    test(`${what}, excluded`, async () => expect(await answer({ excluded: [base] }, name)).toBe(excluded));
  }
}

describe('hosts: example.tw', () => {
  judge(dns('example.tw'), [
    ['itself', names(dns('example.tw')), good, bad],
    ['in capitals', names(dns('EXAMPLE.tw')), good, bad],
    ['under it', names(dns('a.b.example.tw')), good, bad],
    ['ends like it', names(dns('notexample.tw')), bad, good],
    ['any under it', names(dns('*.example.tw')), good, bad],
    ['any beside it, and so it too', names(dns('*.tw')), bad, bad],
    ['a second name', names(dns('example.tw'), dns('other.tw')), bad, bad],
    ['another kind of name', names(ip(10, 0, 0, 1)), good, good],
    ['a common name that reads like a host', named(['CN', 'other.tw']), bad, good],
    ['a common name that does not', named(['CN', 'Wang Ming']), good, good],
    ['the second of two common names', named(['CN', 'Wang Ming'], ['CN', 'other.tw']), bad, good],
    ['the first of two common names', named(['CN', 'example.tw'], ['CN', 'Wang Ming']), good, bad],
  ]);
});

describe('mail: the host example.tw', () => {
  judge(mail('example.tw'), [
    ['at it', names(mail('A@Example.tw')), good, bad],
    ['at a host under it', names(mail('a@mail.example.tw')), bad, good],
  ]);
});

describe('mail: hosts under .example.tw', () => {
  judge(mail('.example.tw'), [
    ['at one', names(mail('a@mail.example.tw')), good, bad],
    ['at the domain itself', names(mail('a@example.tw')), bad, good],
  ]);
});

describe('mail: the one box a@example.tw', () => {
  judge(mail('a@example.tw'), [
    ['it', names(mail('a@EXAMPLE.tw')), good, bad],
    ['another case of the box', names(mail('A@example.tw')), bad, good],
  ]);
});

describe('addresses: 10.1.0.0/16', () => {
  judge(ip(10, 1, 0, 0, 255, 255, 0, 0), [
    ['in it', names(ip(10, 1, 255, 3)), good, bad],
    ['outside', names(ip(10, 2, 0, 1)), bad, good],
    ['of the other family', names(ip(...Array.from({ length: 16 }, () => 1))), bad, good],
  ]);
});

describe('URIs: hosts under .example.tw', () => {
  judge(uri('.example.tw'), [
    ['under it', names(uri('https://a@www.Example.tw:443/x?y')), good, bad],
    ['the domain itself', names(uri('https://example.tw/')), bad, good],
    ['an address in the place of a host', names(uri('https://10.0.0.1/')), bad, bad],
    ['no authority', names(uri('urn:example:a')), bad, bad],
    ['a host in the path alone', names(uri('https://other.tw/www.example.tw')), bad, good],
    ['a host as the name of a user', names(uri('https://www.example.tw@other.tw/')), bad, good],
    [
      'a host behind what others take for the end of one',
      names(uri('https://other.tw\\@www.example.tw/')),
      bad,
      bad,
    ],
    ['two at signs', names(uri('https://a@other.tw@www.example.tw/')), bad, bad],
  ]);
});

describe('directory names: under C=TW, O=One', () => {
  judge(directory(org('One')), [
    [
      'under it, written otherwise',
      {
        name: encodeName([
          ['C', 'tw'],
          ['O', '  ONE '],
          ['CN', 'x'],
        ]),
      },
      good,
      bad,
    ],
    [
      'beside it',
      {
        name: encodeName([
          ['C', 'TW'],
          ['O', 'Two'],
        ]),
      },
      bad,
      good,
    ],
    ['above it', { name: encodeName([['C', 'TW']]) }, bad, good],
    [
      'an alternative name',
      {
        name: encodeName([
          ['C', 'TW'],
          ['O', 'One'],
          ['CN', 'x'],
        ]),
        ...names(directory(org('Two'))),
      },
      bad,
      bad,
    ],
  ]);
});

describe('directory names that cannot be read', () => {
  const unreadable = (tag: number) =>
    der.sequence(
      der.set(der.sequence(der.oid('2.5.4.10'), der.tagged(tag, Buffer.from('One\xff', 'latin1')))),
    );
  judge(directory(encodeName([['O', 'One']])), [
    ['no UTF-8', { name: unreadable(0x0c) }, bad, bad],
    ['no characters of a PrintableString', { name: unreadable(0x13) }, bad, bad],
    ['no character of Unicode', { name: unreadable(0x1c) }, bad, bad],
    ['no text at all', { name: unreadable(0x04) }, bad, good],
  ]);

  test('are no base', async () => {
    expect(await answer({ excluded: [directory(unreadable(0x0c))] }, {})).toBe('bad-name-constraint');
  });
});

describe('kinds that are not judged', () => {
  const other = der.tagged(0xa0, der.oid('1.3.6.1.4.1.99999.1'), der.explicit(0, der.null()));
  judge(other, [
    ['a name of the kind', names(other), bad, bad],
    ['none of the kind', names(dns('a.tw')), good, good],
  ]);
});

describe('bases that are not written as they must be', () => {
  const bases: readonly (readonly [string, Buffer])[] = [
    ['a host with an asterisk', dns('*.example.tw')],
    ['a host with a dot first', dns('.example.tw')],
    ['an address without a mask', ip(10, 0, 0, 0)],
    ['a mask with a hole', ip(10, 0, 0, 0, 255, 0, 255, 0)],
    ['two at signs', mail('a@b@example.tw')],
  ];
  test.each(bases)('%s', async (_, base) => {
    expect(await answer({ permitted: [base] }, {})).toBe('bad-name-constraint');
  });
});

test('each CA narrows, none widens', async () => {
  const only = (...hosts: readonly string[]) => ({
    [ids.nameConstraints]: write.nameConstraints({ permitted: hosts.map((host) => dns(host)) }),
  });
  const upper = mintCa({ issuer: root, extensions: only('a.tw', 'b.tw') });
  const lower = mintCa({ issuer: upper, extensions: only('b.tw', 'c.tw') });
  const verdicts = ['a.tw', 'b.tw', 'c.tw'].map((host) =>
    checkPath({
      certificate: mint({ issuer: lower, ...names(dns(host)) }).certificate,
      anchors: new CertificatePool([root.certificate]),
      intermediates: new CertificatePool([upper.certificate, lower.certificate]),
      time: now,
      purpose: 'any',
    }),
  );
  expect((await Promise.all(verdicts)).map(({ ok }) => ok)).toEqual([false, true, false]);
});
