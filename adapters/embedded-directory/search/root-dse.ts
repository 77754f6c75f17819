import { getDescription } from '../schema/attribute-description.ts';
import type { Schema } from '../schema/schema.ts';
import { entryControlKinds } from '../operations/entry-controls.ts';
import type { AttributeMap, Entry } from '../store/entry.ts';
import { pagedResultsOid } from './paging.ts';

export const whoAmIOid = '1.3.6.1.4.1.4203.1.11.3';
export const startTlsOid = '1.3.6.1.4.1.1466.20037';
/** RFC 3673 (`+`), RFC 4525 (increment) and RFC 4526 (filters that are always true or false). */
const features = ['1.3.6.1.1.14', '1.3.6.1.4.1.4203.1.5.1', '1.3.6.1.4.1.4203.1.5.3'];

/** What the server says of itself (RFC 4512, 5.1). */
export function createRootDse(schema: Schema, baseDn: string, offersTls: boolean): Entry {
  const attributes: AttributeMap = new Map();
  const put = (name: string, ...values: string[]) => {
    const description = getDescription(schema, name);
    attributes.set(description.key, { description, values: values.map((value) => Buffer.from(value)) });
  };
  put('objectClass', 'top');
  put('structuralObjectClass', 'top');
  put('namingContexts', baseDn);
  put('supportedControl', pagedResultsOid, ...Object.keys(entryControlKinds));
  put('supportedExtension', whoAmIOid, ...(offersTls ? [startTlsOid] : []));
  put('supportedFeatures', ...features);
  put('supportedLDAPVersion', '3');
  put('entryDN', '');
  return { id: 0, parent: undefined, key: '', dn: '', attributes };
}
