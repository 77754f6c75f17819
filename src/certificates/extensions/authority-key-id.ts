import { MalformedDer, type DerReader } from '../der/der-reader.ts';
import { contextConstructed, contextPrimitive } from '../der/tags.ts';
import { readGeneralNames, type GeneralName } from '../general-names.ts';

export interface AuthorityKeyId {
  /** Hex. */
  readonly keyId?: string;
  readonly issuer?: readonly GeneralName[];
  /** Hex, as `Certificate.serial`. */
  readonly serial?: string;
}

/** RFC 5280, section 4.2.1.1: issuer and serial come together. */
export function readAuthorityKeyId(reader: DerReader): AuthorityKeyId {
  const sequence = reader.enter();
  const keyId = sequence.readIf(contextPrimitive(0))?.content;
  const issuer = sequence.enterIf(contextConstructed(1));
  const names = issuer && readGeneralNames(issuer);
  const hasSerial = sequence.nextTag === contextPrimitive(2);
  const serial = hasSerial ? sequence.readInteger(contextPrimitive(2)) : undefined;
  sequence.end();
  if (hasSerial !== (names !== undefined) || keyId?.length === 0)
    throw new MalformedDer('bad-key-identifier');
  return {
    ...(keyId && { keyId: Buffer.from(keyId).toString('hex') }),
    ...(names && { issuer: names }),
    ...(serial && { serial: Buffer.from(serial).toString('hex') }),
  };
}
