/**
 * The person that a request names, by `id_token_hint` or by a value of the claim `sub`: never another one is answered for (OpenID Connect
 * Core, section 3.1.2.2). The library reads the hint when the request comes and not when the login is done, so that whoever logs in
 * then would do.
 */
import { errors, type interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';

/** The library's checks, and what is told when they fail after a login. */
const checks = {
  id_token_hint: 'id_token_hint and authenticated subject do not match',
  claims_id_token_sub_value: 'requested subject and authenticated subject do not match',
} as const;

/** Lets the checks judge again after a login; who then is somebody else is not asked once more. */
export function holdToNamedPerson(login: interactionPolicy.Prompt): void {
  for (const [reason, description] of Object.entries(checks)) {
    const named = login.checks.get(reason);
    if (!named) throw new Error(`the library has no check ${reason}`);
    const { check } = named;
    named.check = async (ctx) => {
      await readHint(ctx);
      const isWanting = await check(ctx);
      if (isWanting && ctx.oidc.result?.login !== undefined) {
        throw new errors.CustomOIDCProviderError('login_required', description);
      }
      return isWanting;
    };
  }
}

async function readHint({ oidc }: KoaContextWithOIDC): Promise<void> {
  const { client, params, provider, entities } = oidc;
  const hint = params?.['id_token_hint'];
  if (!client || typeof hint !== 'string' || entities.IdTokenHint) return;
  try {
    oidc.entity('IdTokenHint', await provider.IdToken.validate(hint, client));
  } catch (cause) {
    throw new errors.InvalidRequest('could not validate id_token_hint', undefined, { cause });
  }
}
