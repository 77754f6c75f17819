/**
 * The person that a request names by `id_token_hint`: never another one is answered for (OpenID Connect Core, section 3.1.2.2). The
 * library reads the hint when the request comes, and not when the login is done: whoever logs in then would do.
 */
import { errors, type interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';

const didNotMatch = 'id_token_hint and authenticated subject do not match';

/** Lets the library's own check judge again after a login; who then is somebody else is not asked once more. */
export function holdToHint(login: interactionPolicy.Prompt): void {
  const hinted = login.checks.get('id_token_hint');
  if (!hinted) throw new Error('the library has no check of id_token_hint');
  const { check } = hinted;
  hinted.check = async (ctx) => {
    await readHint(ctx);
    const isWanting = await check(ctx);
    if (isWanting && ctx.oidc.result?.login !== undefined) {
      throw new errors.CustomOIDCProviderError('login_required', didNotMatch);
    }
    return isWanting;
  };
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
