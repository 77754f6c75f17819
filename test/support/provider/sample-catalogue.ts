import type { Catalogue, Role } from '#domain/catalogue.ts';

const role = (
  code: string,
  category: string,
  requires: Role['requires'],
  withoutCertificate = false,
): Role => ({
  code,
  category,
  name: code,
  requires,
  withoutCertificate,
});

/** csm and fms as the domain has them, and 預查, which asks for a certificate. */
export const sampleCatalogue: Catalogue = {
  categories: [
    {
      id: 'csm',
      name: '公司登記與管理',
      roles: [role('csm_user', 'csm', 'certificate'), role('csm_user_nocert', 'csm', 'second-factor', true)],
    },
    {
      id: 'fms',
      name: '工廠登記與管理',
      roles: [role('fms_user', 'fms', 'certificate'), role('fms_nocert', 'fms', 'second-factor', true)],
    },
    { id: 'psm', name: '公司名稱預查', roles: [role('psm_bob_6k', 'psm', 'certificate')] },
  ],
  systems: [system('csm', ['csm']), system('fms', ['fms']), system('pre', ['psm'])],
};

function system(id: string, admitsCategories: readonly string[]): Catalogue['systems'][number] {
  return { id, name: id.toUpperCase(), admitsCategories, admitsRoles: [], leastRequirement: 'certificate' };
}
