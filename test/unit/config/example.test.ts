import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createConfigFiles } from '#test/support/config-files.ts';

test('the production example loads once its secrets are there', () => {
  using files = createConfigFiles();
  const file = path.join(files.folder, 'production.yaml');
  cpSync(path.resolve('config/examples/production.yaml'), file);
  for (const name of ['ldap-password', 'smtp-password']) files.write(`secrets/${name}`, 'secret\n');
  files.write('secrets/sealing-key', Buffer.alloc(32, 1).toString('base64'));
  files.write('secrets/csm-client-secret', 'c'.repeat(43));

  expect(files.faults([file])).toEqual([]);
  expect(files.load([file])).toMatchObject({
    issuer: 'https://sso.example.gov.tw',
    directory: { kind: 'ldap', bindPassword: 'secret' },
    mail: { kind: 'smtp', password: 'secret', security: 'starttls' },
    clients: [{ client_id: 'csm' }, { client_id: 'fms' }],
  });
});

test('and names each of them when they are not', () => {
  using files = createConfigFiles();
  const faults = files.faults([path.resolve('config/examples/production.yaml')]);
  expect(faults.map((fault) => fault.path)).toEqual([
    'directory.bindPassword',
    'keys.sealing[k2026].secret',
    'mail.password',
    'clients[csm].client_secret',
  ]);
});
