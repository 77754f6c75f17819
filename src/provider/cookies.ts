/** Cookies of the provider: signed, httpOnly, SameSite=Lax; with the prefixes of RFC 6265bis under https. */
import type { Configuration } from 'oidc-provider';

export function cookieSettings(issuer: URL, keys: readonly string[]): NonNullable<Configuration['cookies']> {
  const secure = issuer.protocol === 'https:';
  const flags = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  return {
    // `__Host-` demands path=/, which the cookies of one interaction do not have.
    names: {
      session: secure ? '__Host-hufu_session' : 'hufu_session',
      interaction: secure ? '__Secure-hufu_interaction' : 'hufu_interaction',
      resume: secure ? '__Secure-hufu_resume' : 'hufu_resume',
    },
    // A session that ends and one that begins in the same answer leave one cookie.
    long: { ...flags, overwrite: true },
    short: flags,
    keys: [...keys],
  };
}
