import path from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { demoSystems, placeSystems, withTiles } from '#demo/business-systems.ts';
import { makeSecrets } from '#demo/make-secrets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'hufu-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The demo's own configuration with its secrets in a temporary folder, and `yaml` over it. */
function demoConfig(yaml = '') {
  const names = demoSystems.map(({ clientId }) => clientId);
  makeSecrets(path.join(folder, 'secrets'), names);
  const secrets = names.map((id) => `  - { client_id: ${id}, client_secret: { file: secrets/${id} } }`);
  writeFileSync(path.join(folder, 'secrets.yaml'), `clients:\n${secrets.join('\n')}\n`);
  writeFileSync(path.join(folder, 'own.yaml'), yaml);
  return loadConfig({
    files: [
      path.resolve(import.meta.dirname, '../../../demo/demo.config.yaml'),
      path.join(folder, 'secrets.yaml'),
      ...(yaml === '' ? [] : [path.join(folder, 'own.yaml')]),
    ],
    environment: {},
    cwd: folder,
  });
}

describe("the demo's configuration", () => {
  it('is good and places four business systems', () => {
    expect(
      placeSystems(demoConfig()).map(({ system, redirectUri }) => [system.clientId, redirectUri.origin]),
    ).toEqual([
      ['csm', 'http://127.0.0.1:3001'],
      ['fms', 'http://127.0.0.1:3002'],
      ['pre', 'http://127.0.0.1:3003'],
      ['psr', 'http://127.0.0.1:3004'],
    ]);
  });

  it('moves a system, and its tile, with the redirect URI of a file laid over it', () => {
    const config = demoConfig(
      'clients:\n  - { client_id: csm, redirect_uris: [http://127.0.0.1:4001/callback] }\n',
    );
    const placed = placeSystems(config);
    expect(placed[0]?.redirectUri.port).toBe('4001');
    const { systems } = withTiles(config.catalogue, placed);
    expect(systems.find(({ id }) => id === 'csm')?.url).toBe('http://127.0.0.1:4001/login');
    expect(systems.find(({ id }) => id === 'lms')?.url).toBeUndefined();
  });

  it('keeps secrets that exist', () => {
    const before = demoConfig().clients[0]?.client_secret;
    expect(before).toHaveLength(43);
    expect(demoConfig().clients[0]?.client_secret).toBe(before);
  });
});
