import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rolesOf, type Catalogue } from '#domain/catalogue.ts';
import { createConfigFiles, minimal, type ConfigFiles } from '#test/support/config-files.ts';

let files: ConfigFiles;
beforeEach(() => {
  files = createConfigFiles();
});
afterEach(() => files[Symbol.dispose]());

const shipped = (): Catalogue => files.load([files.write('hufu.yaml', minimal)]).catalogue;

describe('the shipped catalogue', () => {
  test('has the categories with their role codes', () => {
    const { categories } = shipped();
    expect(
      Object.fromEntries(categories.map(({ id, roles }) => [id, roles.map(({ code }) => code)])),
    ).toEqual({
      csm: ['csm_admin', 'csm_user', 'csm_fi', 'csm_admin_nocert', 'csm_user_nocert'],
      bms: ['bms_user', 'bms_nocert'],
      fms: ['fms_user', 'fms_nocert'],
      spms: ['spms_user'],
      pcsc: ['pcsc_user', 'pcsc_ssl', 'pcsc_nocert'],
      game: ['game_user'],
      gms: ['gms_user'],
      stall: ['stall_market_user', 'stall_user'],
      psm: ['psm_bob_6k'],
      psr: ['psr_admin', 'psr_user'],
      mail: ['mail_manager', 'mail_user'],
      lms: ['lms_user'],
      ims: ['ims_sys_admin'],
      elaw: ['elaw_moea'],
      jism: [],
    });
  });

  test('names the categories as the registration service does', () => {
    const { categories } = shipped();
    expect(Object.fromEntries(categories.map(({ id, name }) => [id, name]))).toMatchObject({
      csm: '公司登記與管理',
      bms: '商業登記資訊',
      fms: '工廠登記與管理',
      spms: '特定目的事業管理',
      pcsc: '商品標示',
      game: '電子遊戲機名錄查詢',
      gms: '電子遊戲場業營業級別證管理',
      stall: '攤販(商)管理',
      psm: '公司名稱預查',
      psr: '動產擔保登記管理資訊',
      mail: '商業司首長信箱',
      lms: '有限合夥登記與管理',
      ims: '跨機關公司登記影像查閱',
      elaw: '商工行政法規檢索',
    });
  });

  test('asks a certificate of exactly these roles', () => {
    const roles = shipped().categories.flatMap((category) => category.roles);
    const asking = roles.filter(({ requires }) => requires === 'certificate').map(({ code }) => code);
    expect(asking).toEqual([
      'csm_admin',
      'csm_user',
      'csm_fi',
      'bms_user',
      'fms_user',
      'pcsc_user',
      'pcsc_ssl',
      'psm_bob_6k',
      'psr_admin',
    ]);
  });

  test('lets in without one by exactly the _nocert roles', () => {
    const roles = shipped().categories.flatMap((category) => category.roles);
    const letIn = roles.filter(({ withoutCertificate }) => withoutCertificate).map(({ code }) => code);
    expect(letIn).toEqual(roles.map(({ code }) => code).filter((code) => code.endsWith('_nocert')));
    expect(letIn).toHaveLength(5);
  });

  test('has the systems, each admitting somebody', () => {
    const catalogue = shipped();
    expect(catalogue.systems.map(({ id }) => id)).toEqual([
      'csm',
      'bms',
      'lms',
      'pre',
      'spob',
      'gcr',
      'fms',
      'ims-company',
      'ims-business',
      'ims-limited-partnership',
      'edd',
      'pcsc',
      'psr',
    ]);
    for (const system of catalogue.systems) expect(rolesOf(catalogue, system), system.id).not.toEqual([]);
  });

  test('asks a certificate for 預查 and 商品標示 alone', () => {
    const asking = shipped().systems.filter(({ leastRequirement }) => leastRequirement === 'certificate');
    expect(asking.map(({ id }) => id)).toEqual(['pre', 'pcsc']);
  });

  test('describes every system in both languages', () => {
    for (const system of shipped().systems) {
      expect(system).toMatchObject({
        nameEn: expect.any(String),
        description: expect.any(String),
        descriptionEn: expect.any(String),
        owner: expect.any(String),
      });
    }
  });
});

describe("a deployment's own catalogue", () => {
  const faultsOf = (text: string) => {
    files.write('own.yaml', text);
    return files.faults([files.write('hufu.yaml', `${minimal}catalogue: { file: own.yaml }`)]);
  };

  test('replaces the shipped one', () => {
    files.write(
      'own.yaml',
      'categories: [{ id: a, name: A, roles: [{ code: a_user, name: A, requires: certificate }] }]',
    );
    const config = files.load([files.write('hufu.yaml', `${minimal}catalogue: { file: own.yaml }`)]);
    expect(config.catalogue).toEqual({
      categories: [
        {
          id: 'a',
          name: 'A',
          roles: [
            { code: 'a_user', name: 'A', category: 'a', requires: 'certificate', withoutCertificate: false },
          ],
        },
      ],
      systems: [],
    });
  });

  test('names its faults in its own file', () => {
    const faults = faultsOf(`categories:
  - id: a
    name: A
    roles:
      - { code: a_user, name: A, requires: card }
      - { code: a_user, name: A, requires: certificate, withoutCertificate: true }
  - { id: a, name: B }
systems:
  - { id: s, name: S, admitsCategories: [b], admitsRoles: [b_user], url: 'http://s.example.org' }
`);
    expect(faults.map(({ path, line }) => [path, line])).toEqual([
      ['categories[a].roles[a_user].requires', 5],
      ['systems[s].url', 9],
      ['categories[a].id', 7],
      ['categories[a].roles[a_user].code', 6],
      ['categories[a].roles[a_user].requires', 6],
      ['systems[s].admitsCategories[0]', 9],
      ['systems[s].admitsRoles[0]', 9],
    ]);
    expect(faults.every(({ file }) => file?.endsWith('own.yaml'))).toBe(true);
  });
});
