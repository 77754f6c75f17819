import { z } from 'zod';

function acr(level: number) {
  return z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, {
      error: 'printable ASCII without spaces, quotes and backslashes',
    })
    .default(`urn:hufu:loa:${level}`);
}

export const assurance = z
  .strictObject({
    acr: z
      .strictObject({
        level1: acr(1).describe('Opening password; good for activation alone.'),
        level2: acr(2).describe('Second factor.'),
        level3: acr(3).describe('Verified card or mobile certificate.'),
      })
      .prefault({})
      .describe("Values of the `acr` claim, by level. Hufu's own scale; not a claim to anybody else's."),
  })
  .prefault({})
  .describe('How strength of login is named in tokens.');
