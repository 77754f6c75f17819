/** The schema in force: the core definitions and those of the LDIF given at start, resolved and by name. */
import { coreAttributeTypes, coreObjectClasses, operationalAttributeTypes } from './core-schema.ts';
import { createNaming, type Naming } from './naming.ts';
import { createMatchingRules, matchingRuleDescriptions, type MatchingRule } from './matching-rules.ts';
import {
  parseAttributeType,
  parseObjectClass,
  parseSchemaLdif,
  type AttributeTypeDescription,
  type ObjectClassDescription,
} from './parse-schema.ts';

export interface AttributeType {
  readonly oid: string;
  /** First name, as answers spell it. */
  readonly name: string;
  /** Every name, and the OID. */
  readonly names: readonly string[];
  /** The first name in lower case: what entries, names and indexes are keyed by. */
  readonly key: string;
  readonly syntax: string;
  readonly singleValue: boolean;
  readonly userModifiable: boolean;
  readonly operational: boolean;
  readonly equality: MatchingRule | undefined;
  readonly ordering: MatchingRule | undefined;
  readonly substring: MatchingRule | undefined;
  readonly superior: AttributeType | undefined;
}

export interface ObjectClass {
  readonly oid: string;
  readonly name: string;
  readonly key: string;
  readonly kind: 'abstract' | 'structural' | 'auxiliary';
  /** Itself and all it inherits from. */
  readonly lineage: ReadonlySet<ObjectClass>;
  /** Keys of the attribute types, inherited ones included. */
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

export interface Schema {
  /** By any name or OID, in any case, without options. */
  findAttributeType(name: string): AttributeType | undefined;
  /** The type and those that inherit from it: a search for `name` also means `cn`. */
  withSubtypes(type: AttributeType): readonly AttributeType[];
  findObjectClass(name: string): ObjectClass | undefined;
  findMatchingRule(name: string): MatchingRule | undefined;
  readonly naming: Naming;
  /** Every definition in force, as RFC 4512, 4.1 writes it. */
  readonly definitions: {
    readonly attributeTypes: readonly string[];
    readonly objectClasses: readonly string[];
    readonly matchingRules: readonly string[];
  };
}

/** Builds the schema. Throws on a definition that cannot be read or that names an unknown one. */
export function createSchema(ldif: string): Schema {
  const given = parseSchemaLdif(ldif);
  const attributeTypes = new Map<string, AttributeType>();
  const objectClasses = new Map<string, ObjectClass>();

  const naming = createNaming((name) => attributeTypes.get(name.toLowerCase()));
  const findMatchingRule = createMatchingRules({
    identifierKey: (name) =>
      (objectClasses.get(name.toLowerCase()) ?? attributeTypes.get(name.toLowerCase()))?.key,
    distinguishedNameKey: (text) => naming.parse(text)?.key,
  });

  const core = linesOf(coreAttributeTypes + operationalAttributeTypes).map(parseAttributeType);
  const attributeDescriptions = [...core, ...given.attributeTypes];
  for (const description of attributeDescriptions) {
    const type = resolveAttributeType(description, attributeTypes, findMatchingRule);
    for (const name of [description.oid, ...description.names]) register(attributeTypes, name, type);
  }
  const classDescriptions = [...linesOf(coreObjectClasses).map(parseObjectClass), ...given.objectClasses];
  for (const description of classDescriptions) {
    const objectClass = resolveObjectClass(description, attributeTypes, objectClasses);
    for (const name of [description.oid, ...description.names]) register(objectClasses, name, objectClass);
  }

  const subtypes = new Map<AttributeType, AttributeType[]>();
  for (const type of new Set(attributeTypes.values())) {
    for (let above: AttributeType | undefined = type; above !== undefined; above = above.superior) {
      subtypes.set(above, [...(subtypes.get(above) ?? []), type]);
    }
  }

  return {
    findAttributeType: (name) => attributeTypes.get(name.toLowerCase()),
    withSubtypes: (type) => subtypes.get(type) ?? [type],
    findObjectClass: (name) => objectClasses.get(name.toLowerCase()),
    findMatchingRule,
    naming,
    definitions: {
      attributeTypes: inForce(attributeDescriptions, attributeTypes),
      objectClasses: inForce(classDescriptions, objectClasses),
      matchingRules: matchingRuleDescriptions(),
    },
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** The definition that stands for each OID. */
function inForce(
  descriptions: readonly { readonly oid: string; readonly definition: string }[],
  known: ReadonlyMap<string, { readonly name: string }>,
): string[] {
  const byOid = new Map<string, string>();
  for (const { oid, definition } of descriptions) {
    if (known.has(oid.toLowerCase()) && !byOid.has(oid)) byOid.set(oid, definition);
  }
  return [...byOid.values()];
}

/** The first definition of a name stands: a schema file may repeat one that the core brings. */
function register<T>(table: Map<string, T>, name: string, value: T): void {
  if (!table.has(name.toLowerCase())) table.set(name.toLowerCase(), value);
}

function resolveAttributeType(
  description: AttributeTypeDescription,
  known: ReadonlyMap<string, AttributeType>,
  findMatchingRule: (name: string) => MatchingRule | undefined,
): AttributeType {
  const name = description.names[0] ?? description.oid;
  const superior =
    description.superior === undefined ? undefined : known.get(description.superior.toLowerCase());
  if (description.superior !== undefined && superior === undefined) {
    throw new Error(`schema: ${name} inherits from unknown ${description.superior}`);
  }
  const rule = (named: string | undefined, inherited: MatchingRule | undefined) => {
    if (named === undefined) return inherited;
    const found = findMatchingRule(named);
    if (found === undefined) throw new Error(`schema: ${name} names unknown matching rule ${named}`);
    return found;
  };
  return {
    oid: description.oid,
    name,
    names: [...description.names, description.oid],
    key: name.toLowerCase(),
    syntax: description.syntax ?? superior?.syntax ?? '',
    singleValue: description.singleValue,
    userModifiable: description.userModifiable,
    operational: description.operational,
    equality: rule(description.equality, superior?.equality),
    ordering: rule(description.ordering, superior?.ordering),
    substring: rule(description.substring, superior?.substring),
    superior,
  };
}

function resolveObjectClass(
  description: ObjectClassDescription,
  attributeTypes: ReadonlyMap<string, AttributeType>,
  known: ReadonlyMap<string, ObjectClass>,
): ObjectClass {
  const name = description.names[0] ?? description.oid;
  const unknown = (what: string): never => {
    throw new Error(`schema: ${name} names unknown ${what}`);
  };
  const superiors = description.superiors.map(
    (superior) => known.get(superior.toLowerCase()) ?? unknown(superior),
  );
  const keyOf = (attribute: string) =>
    (attributeTypes.get(attribute.toLowerCase()) ?? unknown(attribute)).key;
  const lineage = new Set<ObjectClass>(superiors.flatMap((superior) => [...superior.lineage]));
  const objectClass: ObjectClass = {
    oid: description.oid,
    name,
    key: name.toLowerCase(),
    kind: description.kind,
    lineage,
    must: new Set([...superiors.flatMap((superior) => [...superior.must]), ...description.must.map(keyOf)]),
    may: new Set([...superiors.flatMap((superior) => [...superior.may]), ...description.may.map(keyOf)]),
  };
  lineage.add(objectClass);
  return objectClass;
}
