/** The requests of RFC 4511 that this server takes apart, as plain values. */

export interface Control {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer | undefined;
}

export interface LdapMessage {
  readonly id: number;
  readonly request: LdapRequest;
  readonly controls: readonly Control[];
}

export interface BindRequest {
  readonly kind: 'bind';
  readonly version: number;
  readonly name: string;
  /** The password of a simple bind; undefined for SASL. */
  readonly password: Buffer | undefined;
}

/** `children` is the subtree without its base, which OpenLDAP's tools and ldapts know. */
export type SearchScope = 'base' | 'one' | 'sub' | 'children';

export interface SearchRequest {
  readonly kind: 'search';
  readonly base: string;
  readonly scope: SearchScope;
  /** Entries; 0 is no limit. */
  readonly sizeLimit: number;
  /** Seconds; 0 is no limit. */
  readonly timeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

export interface AttributeValues {
  readonly attribute: string;
  readonly values: readonly Buffer[];
}

export interface Change extends AttributeValues {
  /** `increment`: RFC 4525. */
  readonly operation: 'add' | 'delete' | 'replace' | 'increment';
}

export interface AddRequest {
  readonly kind: 'add';
  readonly dn: string;
  readonly attributes: readonly AttributeValues[];
}

export interface ModifyRequest {
  readonly kind: 'modify';
  readonly dn: string;
  readonly changes: readonly Change[];
}

export interface DeleteRequest {
  readonly kind: 'delete';
  readonly dn: string;
}

export interface ModifyDnRequest {
  readonly kind: 'modify-dn';
  readonly dn: string;
  readonly newRelative: string;
  readonly deleteOldRelative: boolean;
  /** Undefined: it stays below the same entry. */
  readonly newSuperior: string | undefined;
}

export interface CompareRequest {
  readonly kind: 'compare';
  readonly dn: string;
  readonly attribute: string;
  readonly value: Buffer;
}

export type LdapRequest =
  | BindRequest
  | SearchRequest
  | AddRequest
  | ModifyRequest
  | DeleteRequest
  | CompareRequest
  | ModifyDnRequest
  | { readonly kind: 'extended'; readonly oid: string }
  | { readonly kind: 'abandon'; readonly target: number }
  | { readonly kind: 'unbind' };

export type AssertionKind = 'equality' | 'greater-or-equal' | 'less-or-equal' | 'approximate';

/** RFC 4511, 4.5.1.7. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: AssertionKind; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: 'present'; readonly attribute: string }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly initial: Buffer | undefined;
      readonly any: readonly Buffer[];
      readonly final: Buffer | undefined;
    }
  | {
      readonly kind: 'extensible';
      readonly rule: string | undefined;
      readonly attribute: string | undefined;
      readonly value: Buffer;
      readonly dnAttributes: boolean;
    };
