import { describe, expect, test } from 'vitest';
import { getDescription } from '#adapters/embedded-directory/schema/attribute-description.ts';
import { createSchema } from '#adapters/embedded-directory/schema/schema.ts';
import { createEntryCodec, partOf } from '#adapters/embedded-directory/store/entry-codec.ts';

const schema = createSchema('');
const codec = createEntryCodec(schema);
const type = (name: string) => schema.findAttributeType(name) ?? expect.unreachable(name);

function encoded(plain: Readonly<Record<string, readonly (string | Buffer)[]>>): string {
  const attributes = Object.entries(plain).map(([name, values]) => {
    const description = getDescription(schema, name);
    return [
      description.key,
      { description, values: values.map((value) => Buffer.from(value as string)) },
    ] as const;
  });
  return codec.encode(new Map(attributes));
}

/** What decoding gives of the keys named. */
function valuesOf(text: string, keys: readonly string[], part?: ReturnType<typeof partOf>) {
  const attributes = codec.decode(text, part);
  return keys.map((key) => attributes.get(key)?.values.map((value) => value.toString('latin1')));
}

const awkward = [
  '王小明',
  '',
  ' ',
  '[',
  ']',
  '"]',
  '"],"',
  '","',
  '"cn":["x"]',
  'x","cn":["y',
  '\\',
  '\\"',
  '{"base64":"eA=="}',
  'line\nend',
  '\u0001',
  '\u{20bb7}',
  ':[',
  'cn',
  '"cn',
];

describe('a part of an entry is read as it stands in the whole', () => {
  const part = partOf([type('cn'), type('uid')]);
  const keys = ['cn', 'uid', 'cn;lang-en'];

  test.each(awkward)('with %j before it, in it and behind it', (value) => {
    for (const values of [[value], [value, 'second'], ['first', value], [value, `${value}2`, '三']]) {
      const text = encoded({ description: values, cn: values, title: values, uid: ['u1'], sn: [value] });
      expect(valuesOf(text, keys, part)).toEqual(valuesOf(text, keys));
      expect(valuesOf(text, keys)[0]).toHaveLength(values.length);
    }
  });

  test('bytes that are no text', () => {
    const text = encoded({ description: [Buffer.from([0xff])], cn: [Buffer.from([0xff, 0xfe]), 'x'] });
    expect(valuesOf(text, keys, part)).toEqual(valuesOf(text, keys));
  });

  test('options, other names of the type and another case', () => {
    const text = encoded({ 'cn;lang-en': ['Wang'], cn: ['王'] });
    expect(valuesOf(text, keys, part)).toEqual([[Buffer.from('王').toString('latin1')], undefined, ['Wang']]);
    expect(valuesOf('{"commonName":["a"],"USERID":["b"]}', keys, part)).toEqual([['a'], ['b'], undefined]);
    expect(valuesOf('{"2.5.4.3":["a"],"205x4x3":["b"]}', keys, part)).toEqual([['a'], undefined, undefined]);
  });

  test('and nothing else is', () => {
    const text = encoded({ sn: ['王'], cn: ['王小明'], description: ['x'] });
    expect([...codec.decode(text, part).keys()]).toEqual(['cn']);
    expect([...codec.decode(text).keys()]).toEqual(['sn', 'cn', 'description']);
  });
});
