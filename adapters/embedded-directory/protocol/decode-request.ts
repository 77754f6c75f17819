import { berTag, createBerReader, MalformedBer, type BerReader } from './ber-reader.ts';
import { decodeFilter } from './decode-filter.ts';
import type {
  AttributeValues,
  Change,
  Control,
  LdapMessage,
  LdapRequest,
  SearchScope,
} from './ldap-message.ts';

/** Application tags of the requests (RFC 4511, appendix B). */
const decoders: Readonly<Record<number, (reader: BerReader, tag: number) => LdapRequest>> = {
  0x60: (reader, tag) => decodeBind(reader.readNested(tag)),
  0x42: (reader, tag) => {
    reader.readContent(tag);
    return { kind: 'unbind' };
  },
  0x63: (reader, tag) => decodeSearch(reader.readNested(tag)),
  0x66: (reader, tag) => decodeModify(reader.readNested(tag)),
  0x68: (reader, tag) => decodeAdd(reader.readNested(tag)),
  0x4a: (reader, tag) => ({ kind: 'delete', dn: reader.readText(tag) }),
  0x6c: (reader, tag) => decodeModifyDn(reader.readNested(tag)),
  0x6e: (reader, tag) => decodeCompare(reader.readNested(tag)),
  0x50: (reader, tag) => ({ kind: 'abandon', target: reader.readInteger(tag) }),
  0x77: (reader, tag) => ({ kind: 'extended', oid: reader.readNested(tag).readText(0x80) }),
};

/** Takes one LDAPMessage apart. Throws MalformedBer. */
export function decodeRequest(bytes: Buffer): LdapMessage {
  const message = createBerReader(bytes).readNested(berTag.sequence);
  const id = message.readInteger();
  if (id < 0) throw new MalformedBer('negative message id');
  const tag = message.peekTag() ?? 0;
  const decode = decoders[tag];
  if (decode === undefined) throw new MalformedBer('unknown operation');
  const request = decode(message, tag);
  const controls = message.peekTag() === 0xa0 ? decodeControls(message.readNested(0xa0)) : [];
  message.expectEnd();
  return { id, request, controls };
}

function decodeControls(reader: BerReader): Control[] {
  const controls: Control[] = [];
  while (reader.peekTag() !== undefined) {
    const control = reader.readNested();
    const oid = control.readText();
    const critical = control.peekTag() === berTag.boolean ? control.readBoolean() : false;
    const value = control.peekTag() === berTag.octetString ? control.readOctets() : undefined;
    control.expectEnd();
    controls.push({ oid, critical, value });
  }
  return controls;
}

function decodeBind(reader: BerReader): LdapRequest {
  const version = reader.readInteger();
  const name = reader.readText();
  const password = reader.peekTag() === 0x80 ? reader.readOctets(0x80) : undefined;
  if (password === undefined) reader.readContent(0xa3);
  reader.expectEnd();
  return { kind: 'bind', version, name, password };
}

const scopes: readonly (SearchScope | undefined)[] = ['base', 'one', 'sub', 'children'];

function decodeSearch(reader: BerReader): LdapRequest {
  const base = reader.readText();
  const scope = scopes[reader.readInteger(berTag.enumerated)];
  if (scope === undefined) throw new MalformedBer('unknown scope');
  reader.readInteger(berTag.enumerated); // derefAliases: there are no aliases here
  const sizeLimit = reader.readInteger();
  const timeLimit = reader.readInteger();
  if (sizeLimit < 0 || timeLimit < 0) throw new MalformedBer('negative limit');
  const typesOnly = reader.readBoolean();
  const filter = decodeFilter(reader);
  const list = reader.readNested();
  reader.expectEnd();
  const attributes: string[] = [];
  while (list.peekTag() !== undefined) attributes.push(list.readText());
  return { kind: 'search', base, scope, sizeLimit, timeLimit, typesOnly, filter, attributes };
}

function decodeAttribute(reader: BerReader): AttributeValues {
  const attribute = reader.readText();
  const set = reader.readNested(berTag.set);
  reader.expectEnd();
  const values: Buffer[] = [];
  while (set.peekTag() !== undefined) values.push(set.readOctets());
  return { attribute, values };
}

function decodeAdd(reader: BerReader): LdapRequest {
  const dn = reader.readText();
  const list = reader.readNested();
  reader.expectEnd();
  const attributes: AttributeValues[] = [];
  while (list.peekTag() !== undefined) attributes.push(decodeAttribute(list.readNested()));
  return { kind: 'add', dn, attributes };
}

const changeOperations: readonly (Change['operation'] | undefined)[] = [
  'add',
  'delete',
  'replace',
  'increment',
];

function decodeModify(reader: BerReader): LdapRequest {
  const dn = reader.readText();
  const list = reader.readNested();
  reader.expectEnd();
  const changes: Change[] = [];
  while (list.peekTag() !== undefined) {
    const change = list.readNested();
    const operation = changeOperations[change.readInteger(berTag.enumerated)];
    if (operation === undefined) throw new MalformedBer('unknown kind of change');
    changes.push({ operation, ...decodeAttribute(change.readNested()) });
    change.expectEnd();
  }
  return { kind: 'modify', dn, changes };
}

function decodeModifyDn(reader: BerReader): LdapRequest {
  const dn = reader.readText();
  const newRelative = reader.readText();
  const deleteOldRelative = reader.readBoolean();
  const newSuperior = reader.peekTag() === 0x80 ? reader.readText(0x80) : undefined;
  reader.expectEnd();
  return { kind: 'modify-dn', dn, newRelative, deleteOldRelative, newSuperior };
}

function decodeCompare(reader: BerReader): LdapRequest {
  const dn = reader.readText();
  const assertion = reader.readNested();
  reader.expectEnd();
  const attribute = assertion.readText();
  const value = assertion.readOctets();
  assertion.expectEnd();
  return { kind: 'compare', dn, attribute, value };
}
