/** The registration service in its states, with sample text. */
import type { RegistryFrameModel } from '#registry/registry-frame.ts';
import { registryPlaces, type RegistryPlaceId } from '#registry/places.ts';
import type { RouteRule } from '#registry/registry-session.ts';
import { navigationAt } from './account-states.ts';

/** Sample names in Chinese, which stand on English pages too. */
export const registrySampleTexts = ['桃園市政府經濟發展局', '公司登記與管理', '商業登記資訊'];

const placesOf = (office: RegistryFrameModel['office'], at: RegistryPlaceId) =>
  registryPlaces
    .filter(({ rule }: { rule: RouteRule }) => rule.offices.includes(office))
    .map(({ id, href }) => ({ id, href, current: id === at }));

export const officerFrame = (at: RegistryPlaceId): RegistryFrameModel => ({
  navigation: navigationAt('registry', true),
  office: 'programme-officer',
  places: placesOf('programme-officer', at),
});

export const managerFrame = (at: RegistryPlaceId): RegistryFrameModel => ({
  navigation: navigationAt('registry', true),
  office: 'manager',
  places: placesOf('manager', at),
  jurisdiction: { oid: '2.16.886.101.90027.20002', name: '桃園市政府經濟發展局' },
  categories: [
    { id: 'csm', name: '公司登記與管理' },
    { id: 'bms', name: '商業登記資訊' },
  ],
});

export const registryHomeStates: Record<string, RegistryFrameModel> = {
  'registry-home': managerFrame('home'),
  'registry-home-officer': officerFrame('home'),
  'registry-home-nothing-to-give': { ...managerFrame('home'), categories: [] },
};
