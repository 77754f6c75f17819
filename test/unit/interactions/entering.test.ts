import { expect, test } from 'vitest';
import { createEntering } from '#interactions/entering.ts';
import { HufuError } from '#domain/errors.ts';
import { sampleCatalogue } from '#test/support/provider/sample-catalogue.ts';
import { sampleRelyingParty } from '#test/support/provider/sample-relying-party.ts';

const systems = sampleCatalogue.systems.map((system) => ({ ...system, owner: '示範署' }));
const entering = createEntering({ readCatalogue: async () => ({ ...sampleCatalogue, systems }) });
const named = { name: '公司登記', nameEn: 'Companies' };

test('a relying party is named in the language of the page, with the owner of its first system', async () => {
  const client = sampleRelyingParty('csm', named);
  expect(await entering(client, 'zh-TW')).toEqual({ name: '公司登記', owner: '示範署' });
  expect(await entering(client, 'en')).toEqual({ name: 'Companies', owner: '示範署' });
});

test('it is named without an owner where the catalogue does not know its system or is out of reach', async () => {
  const client = sampleRelyingParty('csm', { ...named, systems: ['unknown'] });
  expect(await entering(client, 'zh-TW')).toEqual({ name: '公司登記' });
  const down = createEntering({
    readCatalogue: () => Promise.reject(new HufuError('directory-unavailable')),
  });
  expect(await down(sampleRelyingParty('csm', named), 'zh-TW')).toEqual({ name: '公司登記' });
});

test('without a system, somebody else’s client is named; Hufu’s own pages name themselves', async () => {
  const parts = { ...named, systems: [] };
  expect(await entering(sampleRelyingParty('x', { ...parts, firstParty: false }), 'zh-TW')).toEqual({
    name: '公司登記',
  });
  expect(await entering(sampleRelyingParty('x', parts), 'zh-TW')).toBeUndefined();
});
