import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createConfigFiles, production, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const own = { listen: { certificate: 'a.pem', key: 'a.key' } };
const origin = 'https://card.sso.example.org';

/** Paths of what is wrong; that the anchors cannot be read is another rule's matter. */
function faulty(mutualTls: object, others: object = {}): string[] {
  const sections = {
    certificates: { anchors: ['none.pem'] },
    login: { certificate: { mutualTls } },
    ...others,
  };
  const text = Object.entries(sections).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  return files
    .faults([files.write('hufu.yaml', `${production}${text.join('')}`)])
    .map(({ path }) => path)
    .filter((path) => !path.startsWith('certificates.'));
}

describe('the door where browsers show certificates', () => {
  test.each([
    ['a listener of its own', { origin, ...own }, {}],
    ['a proxy that asks elsewhere', { origin }, { clientCertificates: { header: 'client-cert' } }],
    [
      'a proxy that asks at the issuer',
      { origin: 'https://sso.example.org' },
      { clientCertificates: { header: 'client-cert' } },
    ],
  ])('may be had by %s', (_name, mutualTls, others) => {
    expect(faulty(mutualTls, others)).toEqual([]);
  });

  test.each([
    ['without a header', { origin }, {}, ['clientCertificates.header']],
    [
      'in plain http',
      { origin: 'http://localhost:3444', ...own },
      {},
      ['login.certificate.mutualTls.origin'],
    ],
    [
      'at the issuer, by a listener of ours',
      { origin: 'https://sso.example.org', ...own },
      {},
      ['login.certificate.mutualTls.origin'],
    ],
    [
      'where clients show theirs',
      { origin, ...own },
      { listenMtls: { origin, certificate: 'a.pem', key: 'a.key' } },
      ['login.certificate.mutualTls.origin'],
    ],
  ])('may not be had %s', (_name, mutualTls, others, expected) => {
    expect(faulty(mutualTls, others)).toEqual(expected);
  });

  test('may not be had where nobody is trusted', () => {
    const text = `${production}login: ${JSON.stringify({ certificate: { mutualTls: { origin, ...own } } })}\n`;
    expect(files.faults([files.write('hufu.yaml', text)]).map(({ path }) => path)).toEqual(['certificates']);
  });

  test('needs a proxy where no listener of ours asks', () => {
    const text = `issuer: http://localhost:3000
mail: { kind: folder, folder: mail, from: a@hufu.example }
certificates: { anchors: [none.pem] }
clientCertificates: { header: client-cert }
login: ${JSON.stringify({ certificate: { mutualTls: { origin } } })}\n`;
    const paths = files.faults([files.write('hufu.yaml', text)]).map(({ path }) => path);
    expect(paths).toContain('proxies');
  });
});
