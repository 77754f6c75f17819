import { generateKeyPairSync } from 'node:crypto';
import type { JWKS } from 'oidc-provider';

let keys: JWKS | undefined;

/** An RSA and a P-256 key, made once a test process. */
export function sampleSigningKeys(): JWKS {
  keys ??= {
    keys: [
      {
        ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
        kid: 'rsa-1',
        use: 'sig',
        alg: 'RS256',
      },
      {
        ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
        kid: 'ec-1',
        use: 'sig',
        alg: 'ES256',
      },
    ],
  };
  return structuredClone(keys);
}
