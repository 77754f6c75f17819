import { isBelow } from '../schema/naming.ts';
import type { EntryName } from '../schema/naming.ts';
import type { Schema } from '../schema/schema.ts';
import type { Access, AccessRule } from './access.ts';
import type { Identity } from './operation-context.ts';

export interface AccessRuleOptions {
  /** Entry that the rule begins at, the base or below it; of several rules the nearest holds. Default: the base. */
  readonly subtree?: string;
  readonly access: Access;
  /** Attributes that this rule leaves out: neither shown, searched, compared nor written. */
  readonly except?: readonly string[];
}

export interface IdentityOptions {
  readonly dn: string;
  readonly password: string;
  /** Everything under the base; the same as one rule. Without it and without rules, the identity may only bind. */
  readonly access?: Access;
  readonly rules?: readonly AccessRuleOptions[];
}

/** Throws on a name or an attribute that cannot be, a subtree outside the base, two rules for one subtree. */
export function readIdentity(schema: Schema, base: EntryName, options: IdentityOptions): Identity {
  const { dn, password, access, rules = [] } = options;
  if (password === '') throw new Error('embedded directory: identity without password');
  const name = schema.naming.parse(dn);
  if (name === undefined || name.key === '')
    throw new Error('embedded directory: invalid distinguished name');
  const all = access === undefined ? rules : [{ access }, ...rules];
  const read = all.map((rule) => readRule(schema, base, rule));
  if (new Set(read.map(({ key }) => key)).size < read.length)
    throw new Error('embedded directory: two access rules for one subtree');
  return { dn: name.text, key: name.key, password, rules: read };
}

function readRule(
  schema: Schema,
  base: EntryName,
  { subtree = base.text, access, except = [] }: AccessRuleOptions,
): AccessRule {
  const name = schema.naming.parse(subtree);
  if (name === undefined || !(name.key === base.key || isBelow(name.key, base.key)))
    throw new Error('embedded directory: access rule outside the base');
  const keys = except.flatMap((attribute) => {
    const type = schema.findAttributeType(attribute);
    if (type === undefined) throw new Error(`embedded directory: access rule names unknown ${attribute}`);
    return schema.withSubtypes(type).map(({ key }) => key);
  });
  return { key: name.key, access, except: new Set(keys) };
}
