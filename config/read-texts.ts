/** The texts that configuration names by file, or the shipped ones. */
import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfigFault } from './config-error.ts';
import type { TextConfig } from './config.ts';
import type { ConfigValues } from './schema/config-schema.ts';

const shippedVersion = '2026-1';

interface NamedTexts {
  readonly version?: string;
  readonly zh?: string;
  readonly en?: string;
}

/** `section` is the key of the configuration; adds a fault for each text that cannot be read. */
export function readTexts(
  section: 'rulesOfUse' | 'privacy',
  named: NamedTexts,
  faults: ConfigFault[],
): TextConfig {
  const shipped = (language: string) => {
    const name = section === 'rulesOfUse' ? 'rules-of-use' : 'privacy';
    return path.join(import.meta.dirname, 'texts', `${name}.${language}.md`);
  };
  const read = (language: 'zh' | 'en'): string => {
    const file = named[language] ?? shipped(language === 'zh' ? 'zh-TW' : 'en');
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
      faults.push({ path: `${section}.${language}`, file, expected: 'a text', found: 'an empty file' });
    } catch {
      faults.push({ path: `${section}.${language}`, expected: `a readable file ${file}`, found: 'none' });
    }
    return '';
  };
  return { version: named.version ?? shippedVersion, zh: read('zh'), en: read('en') };
}

export function checkDownloads(downloads: ConfigValues['downloads'], faults: ConfigFault[]): void {
  for (const { id, file } of downloads) {
    try {
      accessSync(file, constants.R_OK);
    } catch {
      faults.push({ path: `downloads.${id}.file`, expected: `a readable file ${file}`, found: 'none' });
    }
  }
}
