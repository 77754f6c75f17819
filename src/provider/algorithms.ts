/** Signature algorithms: asymmetric ones alone, so that no secret of a client ever signs and no public key can pose as one. */
import type { Configuration } from 'oidc-provider';

type Enabled = NonNullable<Configuration['enabledJWA']>;

/** RS256 (PKCS #1 v1.5) for what exists already; FAPI 2.0, section 5.4, takes the others. */
const fapi2Signing = ['PS256', 'ES256', 'EdDSA', 'Ed25519'] as const;
const signing = ['RS256', ...fapi2Signing] as const;

export const fapi2Algorithms: readonly string[] = fapi2Signing;

export const enabledAlgorithms: Enabled = {
  clientAuthSigningAlgValues: [...signing],
  idTokenSigningAlgValues: [...signing],
  userinfoSigningAlgValues: [...signing],
  requestObjectSigningAlgValues: [...signing],
  authorizationSigningAlgValues: [...signing],
  // Nothing exists already that would need RS256 here.
  dPoPSigningAlgValues: [...fapi2Signing],
};
