/** The catalogue file: categories with their roles, and systems (domain §2). */
import { z } from 'zod';
import { catalogueId, line } from './values.ts';
import { webAddress } from './web-addresses.ts';

const requirement = z.enum(['certificate', 'second-factor']);

export const role = z.strictObject({
  code: catalogueId().describe('Role code, what the business system reads.'),
  name: line().describe('Name in Chinese.'),
  requires: requirement.describe('Login at which the role counts.'),
  withoutCertificate: z
    .boolean()
    .default(false)
    .describe('Whether it lets its holder into a system that otherwise asks for a certificate (未帶憑證).'),
  givenByCategories: z
    .array(catalogueId())
    .exactOptional()
    .describe('Further categories whose managers may give it. Default: none.'),
});

export const category = z.strictObject({
  id: catalogueId().describe('Identifier.'),
  name: line().describe('Name in Chinese.'),
  roles: z.array(role).default([]).describe('Roles of the category.'),
});

export const system = z.strictObject({
  id: catalogueId().describe('Identifier, which relying parties name.'),
  name: line().describe('Name in Chinese.'),
  nameEn: line().exactOptional().describe('Name in English.'),
  description: line().exactOptional().describe('What it is for, in Chinese.'),
  descriptionEn: line().exactOptional().describe('What it is for, in English.'),
  owner: line().exactOptional().describe('Agency that owns it, on the login page.'),
  url: webAddress().exactOptional().describe('Where its tile leads.'),
  admitsCategories: z.array(catalogueId()).default([]).describe('Categories whose roles admit.'),
  admitsRoles: z.array(catalogueId()).default([]).describe('Single roles that admit.'),
  leastRequirement: requirement.default('second-factor').describe('Least login.'),
});

export const catalogueSchema = z.strictObject({
  categories: z.array(category).default([]).describe('System categories (應用系統類別).'),
  systems: z.array(system).default([]).describe('Business systems (業務系統).'),
});

export type CatalogueValues = z.infer<typeof catalogueSchema>;
