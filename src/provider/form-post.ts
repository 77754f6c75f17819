/**
 * response_mode=form_post, and form_post.jwt: the answer is a page whose form posts to the relying party. The library allows its
 * script by hash; the policy has to let the form go to the redirect URI, too, once that has been checked.
 */
import type { Middleware } from 'koa';
import { allowFormRedirectTo } from '#http/security-headers.ts';
import { oidcOf } from './oidc-context.ts';

export const allowFormPost: Middleware = async function allowFormPost(ctx, next) {
  await next();
  const oidc = oidcOf(ctx);
  if (oidc?.route !== 'authorization' && oidc?.route !== 'resume') return;
  const { redirect_uri: redirectUri, response_mode: mode } = oidc.params ?? {};
  const isForm = mode === 'form_post' || mode === 'form_post.jwt';
  if (isForm && oidc.redirectUriCheckPerformed && typeof redirectUri === 'string') {
    allowFormRedirectTo(ctx, redirectUri);
  }
};
