/** Name of the device flow's grant (RFC 8628, section 3.4). */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Seconds that a device code lives. */
export const deviceCodeSeconds = 600;

/** Seconds that a device is told to wait between polls (RFC 8628, section 3.5). */
export const pollSeconds = 5;
