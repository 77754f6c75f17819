/** The client credentials grant (RFC 6749, section 4.4), for programs that keep accounts by the API. */
export const programGrant = 'client_credentials';

/** Seconds that a program's access token lives. */
export const programTokenSeconds = 300;
