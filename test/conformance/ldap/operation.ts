/** What one operation of the suite is, and how each kind is made. */
import { Attribute, Change, type Client, type SearchOptions } from 'ldapts';
import { attempt, search, type Outcome } from './attempt.ts';

export interface Clients {
  readonly service: Client;
  readonly admin: Client;
  readonly anonymous: Client;
  /** Not bound yet. */
  readonly fresh: Client;
  readonly base: string;
  /** DER */
  readonly certificate: Buffer;
}

export interface Operation {
  readonly name: string;
  /** The result code that the RFCs ask for. */
  readonly code: number;
  run(clients: Clients): Promise<Outcome>;
}

export type Attributes = Record<string, string | string[]>;
type Kind = 'add' | 'delete' | 'replace';

export const below = (base: string, rdn: string) => (rdn === '' ? base : `${rdn},${base}`);

export function add(name: string, code: number, rdn: string, attributes: Attributes): Operation {
  return { name, code, run: ({ service, base }) => attempt(() => service.add(below(base, rdn), attributes)) };
}

export function modify(
  name: string,
  code: number,
  rdn: string,
  ...changes: [Kind, string, ...string[]][]
): Operation {
  const list = () =>
    changes.map(
      ([operation, type, ...values]) =>
        new Change({ operation, modification: new Attribute({ type, values }) }),
    );
  return { name, code, run: ({ service, base }) => attempt(() => service.modify(below(base, rdn), list())) };
}

export function remove(name: string, code: number, rdn: string): Operation {
  return { name, code, run: ({ service, base }) => attempt(() => service.del(below(base, rdn))) };
}

export function find(
  filter: NonNullable<SearchOptions['filter']>,
  options: SearchOptions & { rdn?: string; name?: string; code?: number } = {},
): Operation {
  const { rdn = 'ou=accounts', name, code = 0, ...rest } = options;
  return {
    name: name ?? `search ${String(filter)}`,
    code,
    run: ({ service, base }) => search(service, below(base, rdn), { filter, attributes: ['cn'], ...rest }),
  };
}

export function account(uid: string, attributes: Attributes = {}): Attributes {
  return {
    objectClass: ['inetOrgPerson', 'hufuAccount'],
    uid,
    cn: uid,
    sn: uid,
    hufuRevision: '1',
    hufuScopeOid: '2.16.886.101.90001',
    hufuJurisdictionOid: '2.16.886.101.90001',
    hufuAgencyOid: '2.16.886.101.90001',
    hufuAgencyCode: '999000000A',
    hufuAgencyName: '示範縣政府',
    hufuNationalIdKey: `key.${uid}`,
    hufuNationalIdSealed: 'key.sealed',
    hufuBirthdaySealed: 'key.sealed',
    hufuStatus: 'enabled',
    hufuOffice: 'general',
    hufuOpenedOn: '2026-03-02',
    ...attributes,
  };
}

export const person = (cn: string, more: Attributes = {}): Attributes => ({
  objectClass: 'inetOrgPerson',
  cn,
  sn: cn,
  ...more,
});
/** SSHA of `right password`, salt `salt`. */

export const uidIs = 'uid=one,ou=accounts';
