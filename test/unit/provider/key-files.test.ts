import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadOrCreateCookieKeys } from '#provider/cookie-keys.ts';
import { loadOrCreateSigningKeys } from '#provider/signing-keys.ts';
import { realRandom } from '#test/support/real.ts';
import { createSetClock } from '#test/support/set-clock.ts';

const deps = { clock: createSetClock(), random: realRandom };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each([
  ['signing-keys.json', loadOrCreateSigningKeys],
  ['cookie-keys.json', loadOrCreateCookieKeys],
] as const)('%s', (name, load) => {
  test('is made once, for the owner alone, and read afterwards', async () => {
    const made = await load(path.join(folder, 'new'), deps);
    const file = path.join(folder, 'new', name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await load(path.join(folder, 'new'), deps)).toEqual(made);
    expect(await readdir(path.join(folder, 'new'))).toEqual([name]);
  });

  test('is the same for all who start at once', async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => load(folder, deps)));
    for (const other of others) expect(other).toEqual(first);
    expect(await readdir(folder)).toEqual([name]);
  });

  test('is refused when malformed, without quoting it', async () => {
    await writeFile(path.join(folder, name), '{"keys":[{"d":"canary"}]}');
    await expect(load(folder, deps)).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') }),
    );
    await writeFile(path.join(folder, name), 'canary');
    await expect(load(folder, deps)).rejects.toThrow(name);
  });
});

test('signing keys are an RSA key of 2048 bits and a P-256 key, each with its thumbprint as kid', async () => {
  const { keys } = await loadOrCreateSigningKeys(folder, deps);
  expect(keys).toMatchObject([
    { kty: 'RSA', alg: 'RS256', use: 'sig' },
    { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' },
  ]);
  const [rsa] = keys;
  expect(Buffer.from(rsa && 'n' in rsa ? String(rsa.n) : '', 'base64url')).toHaveLength(256);
  const stored = JSON.parse(await readFile(path.join(folder, 'signing-keys.json'), 'utf8')) as {
    keys: unknown[];
  };
  expect(stored.keys[0]).toMatchObject({
    kid: expect.stringMatching(/^[\w-]{43}$/),
    created: '2026-03-02T01:00:00.000Z',
  });
});
