import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '#src/main.ts';
import { createConfigFiles, minimal, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
let said: { out: string; err: string };
beforeEach(() => {
  files = createConfigFiles();
  said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))));
});
afterEach(() => {
  vi.restoreAllMocks();
  files[Symbol.dispose]();
});

const commands = [
  'serve',
  'check-config',
  'verify-audit',
  'open-account',
  'enable-one-day-password',
  'reset-password',
];

describe('hufu', () => {
  test.each([['help'], ['--help'], ['-h']])('%s lists the commands', async (name) => {
    expect(await main([name])).toBe(0);
    for (const command of commands) expect(said.out).toMatch(new RegExp(`^  ${command} +\\w`, 'm'));
  });

  test('alone lists them too, as a wrong command line', async () => {
    expect(await main([])).toBe(2);
    expect(said.out).toContain('usage: hufu <command>');
  });

  test.each(['server', 'toString', '__proto__', ''])('%j is no command', async (name) => {
    expect(await main([name])).toBe(2);
    expect(said.err).toContain(`there is no command ${JSON.stringify(name)}`);
    expect(said.err).toContain('check-config');
  });

  test.each(commands)('%s can be loaded, and refuses an option it does not have', async (name) => {
    expect(await main([name, '--nonsense'])).toBe(2);
    expect(said.err).toContain('--nonsense');
  });
});

describe('hufu check-config', () => {
  test('says so when all is good', async () => {
    expect(await main(['check-config', '--config', files.write('a.yaml', minimal)])).toBe(0);
    expect(said.out).toContain('good: issuer http://localhost:3000, directory embedded');
    expect(said.err).toBe('');
  });

  test('takes several files', async () => {
    const lower = files.write('a.yaml', minimal);
    const upper = files.write('b.yaml', 'issuer: http://127.0.0.1:4000');
    expect(await main(['check-config', '--config', lower, '--config', upper])).toBe(0);
    expect(said.out).toContain('http://127.0.0.1:4000');
  });

  test('says every fault, one a line', async () => {
    const file = files.write('a.yaml', `${minimal}extra: 1\nlisten: { port: 99999 }\n`);
    expect(await main(['check-config', '--config', file])).toBe(1);
    const lines = said.err.trim().split('\n').slice(1);
    expect(lines).toEqual([
      expect.stringMatching(/a\.yaml:3: extra: expected one of .*; found an unknown key$/),
      expect.stringMatching(/a\.yaml:4: listen\.port: expected a whole number from 0 to 65535; found 99999$/),
    ]);
  });

  test('without a file is a wrong command line', async () => {
    expect(await main(['check-config'])).toBe(2);
  });
});
