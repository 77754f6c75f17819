import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError, type ConfigFault } from '#config/config-error.ts';
import type { Config } from '#config/config.ts';
import { loadConfig } from '#config/load.ts';

export interface ConfigFiles extends Disposable {
  readonly folder: string;
  /** Writes a file below the folder and gives its whole path. */
  write(name: string, text: string, mode?: number): string;
  load(files: readonly string[], environment?: Record<string, string>): Config;
  /** The faults of loading; none when it loads. */
  faults(files: readonly string[], environment?: Record<string, string>): readonly ConfigFault[];
}

/** A folder of configuration files for one test. */
export function createConfigFiles(): ConfigFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'hufu-config-'));
  const load: ConfigFiles['load'] = (files, environment = {}) =>
    loadConfig({ files, environment, cwd: folder });
  return {
    folder,
    write(name, text, mode = 0o600) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text, { mode });
      return file;
    },
    load,
    faults(files, environment) {
      try {
        load(files, environment);
        return [];
      } catch (error) {
        if (error instanceof ConfigError) return error.faults;
        throw error;
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** The least that is a whole configuration on loopback. */
export const minimal =
  'issuer: http://localhost:3000\nmail: { kind: folder, folder: mail, from: a@hufu.example }\n';

/** The least for production, without clients. */
export const production = `issuer: https://sso.example.org
proxies: [127.0.0.1]
mail: { kind: smtp, host: smtp.example.org, from: a@hufu.example }
`;
