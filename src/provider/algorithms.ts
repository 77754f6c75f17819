/** Signature algorithms: asymmetric ones alone, so that no secret of a client ever signs and no public key can pose as one. */
import type { Configuration } from 'oidc-provider';

type Enabled = NonNullable<Configuration['enabledJWA']>;

/** RS256 (PKCS #1 v1.5) for what exists already; FAPI 2.0, section 5.4, takes the others. */
const signing = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const;

export const fapi2Algorithms: readonly string[] = ['PS256', 'ES256', 'EdDSA', 'Ed25519'];

export const enabledAlgorithms: Enabled = {
  clientAuthSigningAlgValues: [...signing],
  idTokenSigningAlgValues: [...signing],
  userinfoSigningAlgValues: [...signing],
  requestObjectSigningAlgValues: [...signing],
  authorizationSigningAlgValues: [...signing],
  dPoPSigningAlgValues: ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'],
};
