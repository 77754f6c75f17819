import { issuerAddress } from './web-addresses.ts';

export const issuer = issuerAddress().describe(
  'Address of the hub as browsers and relying parties see it: https, or http on loopback. It is in every token and cannot be changed later without telling every relying party.',
);
