import { expect, test } from 'vitest';
import { isPublicAddress } from '#adapters/outgoing/public-address.ts';
import { createAllowList } from '#adapters/outgoing/allow-list.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.0.9',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  'not an address',
  '',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.63.0.1',
  '223.255.255.255',
  '2400:cb00::1',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('an allow-list holds names, addresses and networks', () => {
  const list = createAllowList(['Intranet.Example', '10.1.0.0/16', '192.168.7.7', 'fd00:1::/32']);
  expect(list.hasName('intranet.example')).toBe(true);
  expect(list.hasName('other.example')).toBe(false);
  for (const address of ['10.1.200.3', '192.168.7.7', 'fd00:1::9', '::ffff:10.1.0.1'])
    expect(list.hasAddress(address)).toBe(true);
  for (const address of ['10.2.0.1', '192.168.7.8', 'fd00:2::9', '127.0.0.1'])
    expect(list.hasAddress(address)).toBe(false);
});
