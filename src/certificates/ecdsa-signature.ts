import { ifReadable } from './der/if-readable.ts';
import { readWhole } from './der/der-reader.ts';

/** Whether `signature` is ECDSA-Sig-Value (RFC 3279, section 2.2.3) in DER with r and s from 1 to `order` - 1. */
export function isEcdsaSignature(signature: Uint8Array, order: bigint): boolean {
  const numbers = ifReadable(() =>
    readWhole(signature, (reader) => {
      const sequence = reader.enter();
      const pair = [sequence.readInteger(), sequence.readInteger()];
      sequence.end();
      return pair;
    }),
  );
  return numbers !== undefined && numbers.every((octets) => isInRange(octets, order));
}

function isInRange(octets: Uint8Array, order: bigint): boolean {
  if ((octets[0] ?? 0) >= 0x80 || octets.length > 67) return false;
  const value = BigInt(`0x${Buffer.from(octets).toString('hex')}`);
  return value > 0n && value < order;
}
