import { expect, test } from 'vitest';
import { berElement, berInteger, berOctets } from '#adapters/embedded-directory/protocol/ber-writer.ts';
import {
  encodeEntry,
  encodeEntryAlone,
  type OutgoingAttribute,
} from '#adapters/embedded-directory/protocol/encode-response.ts';

/** The same by the definition (RFC 4511, 4.5.2), element by element. */
function elements(dn: string, attributes: readonly OutgoingAttribute[]): Buffer {
  const list = attributes.map(({ description, values }) =>
    berElement(0x30, berOctets(description), berElement(0x31, ...values.map((value) => berOctets(value)))),
  );
  return berElement(0x64, berOctets(dn), berElement(0x30, ...list));
}

test.each([0, 1, 100, 120, 127, 128, 250, 255, 256, 65_530, 65_535, 65_536, 200_000])(
  'an entry with a value of %i bytes is the elements it consists of',
  (size) => {
    const dn = 'uid=王小明,ou=accounts';
    const attributes = [
      { description: 'cn', values: [Buffer.from('王小明'), Buffer.alloc(size, 'x')] },
      { description: 'userCertificate;binary', values: [Buffer.alloc(size, 0xff)] },
      { description: 'title', values: [] },
    ];
    expect(encodeEntryAlone(dn, attributes).equals(elements(dn, attributes))).toBe(true);
    for (const id of [1, 128, 2_147_483_647]) {
      const message = berElement(0x30, berInteger(id), elements(dn, attributes));
      expect(encodeEntry(id, dn, attributes).equals(message)).toBe(true);
    }
    expect(encodeEntryAlone('', []).equals(elements('', []))).toBe(true);
  },
);
