import { describe, expect, test } from 'vitest';
import { findClientAddress } from '#http/client-address.ts';
import { listeningApp } from './listening-app.ts';

const showing = (proxies: readonly string[]) =>
  listeningApp(findClientAddress(proxies), (ctx) => {
    const forwarded = Object.keys(ctx.req.headers).filter((name) => name.includes('forwarded'));
    ctx.body = [ctx.state.address, ...forwarded].join(' ');
  });

async function addressOf(proxies: readonly string[], ...headers: string[]): Promise<string> {
  return (await (await showing(proxies)).send('GET /', headers)).body;
}

describe('a connection from anyone', () => {
  test('is its own address, whatever it says', async () => {
    expect(await addressOf(['10.0.0.0/8'], 'X-Forwarded-For: 9.9.9.9', 'Forwarded: for=9.9.9.9')).toBe(
      '127.0.0.1',
    );
  });

  test('loses every forwarding header, in any spelling', async () => {
    const headers = ['x-FORWARDED-host: evil', 'X-Forwarded-Proto: https', 'FORWARDED: host=evil'];
    expect(await addressOf([], ...headers)).toBe('127.0.0.1');
  });
});

describe('a connection from a configured proxy', () => {
  const proxies = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];

  test.each([
    ['the one address given', '9.9.9.9', '9.9.9.9'],
    ['the last address: what stands before it is made up', '1.1.1.1, 9.9.9.9', '9.9.9.9'],
    ['what stands before the proxies', '1.1.1.1, 9.9.9.9, 10.1.2.3, 10.9.9.9', '9.9.9.9'],
    ['what stands before proxies of both families', '9.9.9.9, fd00::1,10.0.0.1', '9.9.9.9'],
    ['an IPv6 address', '2001:db8::1', '2001:db8::1'],
    ['IPv4 mapped into IPv6 as IPv4', '1.1.1.1, ::FFFF:9.9.9.9', '9.9.9.9'],
    ['a mapped proxy as a proxy', '9.9.9.9, ::ffff:10.0.0.1', '9.9.9.9'],
    ['a neighbour of the proxies as nobody we know', '9.9.9.9, 11.0.0.1', '11.0.0.1'],
    // Nothing can be believed beyond what is no address.
    ['itself after nonsense', '9.9.9.9, evil', '127.0.0.1'],
    ['itself after nonsense behind proxies', '9.9.9.9, evil, 10.0.0.1', '127.0.0.1'],
    ['itself for an empty place', '9.9.9.9,', '127.0.0.1'],
    ['itself for an address with a port', '9.9.9.9:80', '127.0.0.1'],
    ['itself for a number in another writing', '0x09.9.9.9', '127.0.0.1'],
    ['itself when only proxies are named', '10.0.0.1', '127.0.0.1'],
  ])('gives %s', async (_, header, address) => {
    expect(await addressOf(proxies, `X-Forwarded-For: ${header}`)).toBe(address);
  });

  test('adds headers of one name up in their order', async () => {
    expect(await addressOf(proxies, 'X-Forwarded-For: 1.1.1.1', 'X-Forwarded-For: 9.9.9.9')).toBe('9.9.9.9');
  });

  test('gives itself without the header; Forwarded and X-Real-IP are not asked', async () => {
    expect(await addressOf(proxies, 'X-Real-IP: 9.9.9.9', 'Forwarded: for=9.9.9.9')).toBe('127.0.0.1');
  });
});
