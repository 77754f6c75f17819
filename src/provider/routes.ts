/** Paths of the protocol. What the library does not serve is refused here with the right status. */
import type { Configuration } from 'oidc-provider';

export const routes = {
  authorization: '/oidc/auth',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  introspection: '/oidc/introspection',
  revocation: '/oidc/revocation',
  end_session: '/oidc/session/end',
  pushed_authorization_request: '/oidc/par',
  device_authorization: '/oidc/device/auth',
  code_verification: '/oidc/device',
  backchannel_authentication: '/oidc/backchannel',
  registration: '/oidc/register',
} as const satisfies Configuration['routes'];

const methodsByPath: Readonly<Record<string, readonly string[]>> = {
  [routes.authorization]: ['GET', 'HEAD', 'POST'],
  [routes.token]: ['POST', 'OPTIONS'],
  [routes.userinfo]: ['GET', 'HEAD', 'POST', 'OPTIONS'],
  [routes.jwks]: ['GET', 'HEAD', 'OPTIONS'],
  [routes.introspection]: ['POST', 'OPTIONS'],
  [routes.revocation]: ['POST', 'OPTIONS'],
  [routes.end_session]: ['GET', 'HEAD', 'POST'],
  [routes.pushed_authorization_request]: ['POST', 'OPTIONS'],
  [routes.registration]: ['POST'],
  [`${routes.end_session}/confirm`]: ['POST'],
  [`${routes.end_session}/success`]: ['GET', 'HEAD'],
  '/.well-known/openid-configuration': ['GET', 'HEAD', 'OPTIONS'],
  '/.well-known/oauth-authorization-server': ['GET', 'HEAD', 'OPTIONS'],
};

const deviceMethods: Readonly<Record<string, readonly string[]>> = {
  [routes.device_authorization]: ['POST', 'OPTIONS'],
  [routes.code_verification]: ['GET', 'HEAD', 'POST'],
};

const resumePattern = new RegExp(`^${routes.authorization}/[\\w-]+$`);
const deviceResumePattern = new RegExp(`^${routes.code_verification}/[\\w-]+$`);

/** Whether the provider answers `path`, be it with "not found". */
export function isProtocolPath(path: string): boolean {
  return path.startsWith('/oidc/') || Object.hasOwn(methodsByPath, path);
}

/** The pattern of the route that answers `path`, for logs and metrics: never an identifier or what somebody made up. */
export function protocolRouteOf(path: string): string {
  if (Object.hasOwn(methodsByPath, path) || Object.hasOwn(deviceMethods, path)) return path;
  if (resumePattern.test(path)) return `${routes.authorization}/:uid`;
  return deviceResumePattern.test(path) ? `${routes.code_verification}/:uid` : '/oidc/*';
}

/** Methods that a path serves; undefined for an unknown path. */
export type MethodsOf = (path: string) => readonly string[] | undefined;

export function createMethodsOf({ deviceFlow }: { readonly deviceFlow: boolean }): MethodsOf {
  const known = deviceFlow ? { ...methodsByPath, ...deviceMethods } : methodsByPath;
  const resumed = (path: string) =>
    resumePattern.test(path) || (deviceFlow && deviceResumePattern.test(path));
  return (path) => {
    if (Object.hasOwn(known, path)) return known[path];
    return resumed(path) ? ['GET', 'HEAD'] : undefined;
  };
}
