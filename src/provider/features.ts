/** Which parts of the protocol there are, each set up in a file of its own. Implicit and password grant are none of them. */
import type { Configuration } from 'oidc-provider';
import { claimsParameterSettings } from './claims-parameter.ts';
import type { FindRelyingParty, HubProviderDeps, HubProviderOptions } from './contract.ts';
import type { DeviceFlow } from './device-flow.ts';
import { mayIntrospect, mayRevoke } from './introspection.ts';
import { mutualTlsSettings } from './mutual-tls.ts';
import { registrationSettings } from './registration.ts';
import { requestObjectSettings } from './request-objects.ts';
import type { Resources } from './resources.ts';

type Features = NonNullable<Configuration['features']>;

interface Parts {
  readonly logOut: NonNullable<Features['rpInitiatedLogout']>;
  readonly resources: Resources;
  readonly deviceFlow: DeviceFlow | undefined;
  readonly findRelyingParty: FindRelyingParty;
}

export function providerFeatures(
  options: HubProviderOptions,
  deps: HubProviderDeps,
  { logOut, resources, deviceFlow, findRelyingParty }: Parts,
): Features {
  const { dpopNonceRequired = true, mutualTls, registration } = options;
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: logOut,
    introspection: { enabled: true, allowedPolicy: mayIntrospect(resources) },
    revocation: { enabled: true, allowedPolicy: mayRevoke },
    userinfo: { enabled: true },
    jwtUserinfo: { enabled: true },
    // Clients may use it; those registered with require_pushed_authorization_requests must.
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: requestObjectSettings(findRelyingParty, deps.clock),
    jwtResponseModes: { enabled: true },
    claimsParameter: claimsParameterSettings(findRelyingParty),
    dPoP: {
      enabled: true,
      nonceSecret: deps.secretFor('dpop-nonce'),
      requireNonce: () => dpopNonceRequired,
      allowReplay: false,
    },
    mTLS:
      mutualTls && deps.clientCertificates ? mutualTlsSettings(deps.clientCertificates) : { enabled: false },
    fapi: {
      enabled: true,
      profile: (_ctx, client) =>
        client && findRelyingParty(client.clientId)?.profile === 'fapi2' ? '2.0' : undefined,
    },
    // For our own API alone, and the clients registered for it (resources.ts).
    clientCredentials: { enabled: options.api !== undefined },
    resourceIndicators: resources.settings,
    deviceFlow: deviceFlow?.settings ?? { enabled: false },
    registration: registrationSettings(registration, deps.random),
  };
}
