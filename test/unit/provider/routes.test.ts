import { expect, test } from 'vitest';
import { protocolRouteOf } from '#provider/routes.ts';

test.each([
  ['/oidc/token', '/oidc/token'],
  ['/oidc/device', '/oidc/device'],
  ['/.well-known/openid-configuration', '/.well-known/openid-configuration'],
  ['/oidc/auth/V1StGXR8_Z5jdHi6B-myT', '/oidc/auth/:uid'],
  ['/oidc/device/V1StGXR8_Z5jdHi6B-myT', '/oidc/device/:uid'],
  ['/oidc/auth/a/b', '/oidc/*'],
  ['/oidc/register/some-client', '/oidc/*'],
  ['/oidc/A123456789', '/oidc/*'],
  ['/oidc/__proto__', '/oidc/*'],
])('%s is named %s', (path, route) => {
  expect(protocolRouteOf(path)).toBe(route);
});
