/** Where the test PKI keeps its keys and certificates: in a folder, or in this process alone. */
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeKeyPair, type KeyKind, type KeyPair } from './keys.ts';
import { derToPem, pemToDer } from './pem.ts';

export interface PkiStore {
  /** The key pair of that label, made when it is asked for first. */
  key(label: string, kind: KeyKind): KeyPair;
  /** The certificate (DER) of that label, made when it is asked for first. */
  certificate(label: string, make: () => Buffer): Buffer;
}

/** RSA keys take long to make: a process makes one for a label once, however often a PKI is minted. */
const pool = new Map<string, KeyPair>();

/** Keys by label from this process's pool, certificates new each time. `name` sets one PKI's keys apart from another's. */
export function createPooledStore(name: string): PkiStore {
  return {
    key(label, kind) {
      const place = `${name}/${label}/${kind}`;
      const key = pool.get(place) ?? makeKeyPair(kind);
      pool.set(place, key);
      return key;
    },
    certificate: (_label, make) => make(),
  };
}

export interface PkiFolders {
  readonly keys: string;
  readonly certificates: string;
}

/** PEM files, readable by the owner alone. */
export function createFolderStore({ keys, certificates }: PkiFolders): PkiStore {
  for (const folder of [keys, certificates]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    key(label, kind) {
      const pem = keep(path.join(keys, `${label}-key.pem`), () =>
        makeKeyPair(kind).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      );
      const privateKey = createPrivateKey(pem);
      return { privateKey, publicKey: createPublicKey(privateKey) };
    },
    certificate: (label, make) =>
      pemToDer(keep(path.join(certificates, `${label}.pem`), () => derToPem(make()))),
  };
}

/** The file's content; the first to make it wins, and nobody ever reads half of it. */
function keep(file: string, make: () => string): string {
  const kept = read(file);
  if (kept !== undefined) return kept;
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, make(), { flag: 'wx', mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
    return undefined;
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
