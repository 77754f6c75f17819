/** Reads attribute types and object classes in the notation of RFC 4512, 4.1, alone or inside an LDIF. */

export interface AttributeTypeDescription {
  /** As it stands in the file. */
  readonly definition: string;
  readonly oid: string;
  readonly names: readonly string[];
  readonly superior: string | undefined;
  readonly equality: string | undefined;
  readonly ordering: string | undefined;
  readonly substring: string | undefined;
  readonly syntax: string | undefined;
  readonly singleValue: boolean;
  readonly userModifiable: boolean;
  readonly operational: boolean;
}

export interface ObjectClassDescription {
  readonly definition: string;
  readonly oid: string;
  readonly names: readonly string[];
  readonly superiors: readonly string[];
  readonly kind: 'abstract' | 'structural' | 'auxiliary';
  readonly must: readonly string[];
  readonly may: readonly string[];
}

export interface SchemaDescriptions {
  readonly attributeTypes: readonly AttributeTypeDescription[];
  readonly objectClasses: readonly ObjectClassDescription[];
}

/** Takes the definitions out of an LDIF such as slapd reads (olcAttributeTypes, olcObjectClasses). */
export function parseSchemaLdif(ldif: string): SchemaDescriptions {
  const lines = ldif.replaceAll(/\r?\n /g, '').split(/\r?\n/);
  const valuesOf = (name: RegExp) =>
    lines.flatMap((line) => {
      const found = /^([\w-]+)(::?) *(.*)$/.exec(line);
      if (!found || !name.test(found[1] ?? '')) return [];
      const value = found[2] === '::' ? Buffer.from(found[3] ?? '', 'base64').toString() : (found[3] ?? '');
      return [value.replace(/^\{\d+\}/, '')];
    });
  return {
    attributeTypes: valuesOf(/^(olc)?attributeTypes$/i).map(parseAttributeType),
    objectClasses: valuesOf(/^(olc)?objectClasses$/i).map(parseObjectClass),
  };
}

export function parseAttributeType(text: string): AttributeTypeDescription {
  const fields = parseFields(text);
  return {
    definition: tidy(text),
    oid: fields.oid,
    names: fields.list('NAME'),
    superior: fields.list('SUP')[0],
    equality: fields.list('EQUALITY')[0],
    ordering: fields.list('ORDERING')[0],
    substring: fields.list('SUBSTR')[0],
    syntax: fields.list('SYNTAX')[0]?.replace(/\{\d+\}$/, ''),
    singleValue: fields.has('SINGLE-VALUE'),
    userModifiable: !fields.has('NO-USER-MODIFICATION'),
    operational: (fields.list('USAGE')[0] ?? 'userApplications') !== 'userApplications',
  };
}

export function parseObjectClass(text: string): ObjectClassDescription {
  const fields = parseFields(text);
  const kind = fields.has('ABSTRACT') ? 'abstract' : fields.has('AUXILIARY') ? 'auxiliary' : 'structural';
  return {
    definition: tidy(text),
    oid: fields.oid,
    names: fields.list('NAME'),
    superiors: fields.list('SUP'),
    kind,
    must: fields.list('MUST'),
    may: fields.list('MAY'),
  };
}

/** One space between words; those inside quotes are left. */
function tidy(text: string): string {
  return text.trim().replaceAll(/'[^']*'|\s+/g, (found) => (found.startsWith("'") ? found : ' '));
}

const flags = new Set([
  'SINGLE-VALUE',
  'COLLECTIVE',
  'NO-USER-MODIFICATION',
  'OBSOLETE',
  'ABSTRACT',
  'STRUCTURAL',
  'AUXILIARY',
]);

interface Fields {
  readonly oid: string;
  has(flag: string): boolean;
  list(keyword: string): readonly string[];
}

function parseFields(text: string): Fields {
  const tokens = text.match(/'[^']*'|[()$]|[^\s()$']+/g) ?? [];
  if (tokens[0] !== '(' || tokens.at(-1) !== ')')
    throw new Error(`schema: not a definition: ${text.slice(0, 80)}`);
  const values = new Map<string, string[]>();
  let position = 2;
  while (position < tokens.length - 1) {
    const keyword = tokens[position] ?? '';
    position += 1;
    if (flags.has(keyword)) {
      values.set(keyword, []);
      continue;
    }
    const list: string[] = [];
    if (tokens[position] === '(') {
      for (position += 1; tokens[position] !== ')' && position < tokens.length - 1; position += 1) {
        if (tokens[position] !== '$') list.push(unquote(tokens[position]));
      }
    } else list.push(unquote(tokens[position]));
    position += 1;
    values.set(keyword, list);
  }
  return {
    oid: tokens[1] ?? '',
    has: (flag) => values.has(flag),
    list: (keyword) => values.get(keyword) ?? [],
  };
}

function unquote(token: string | undefined): string {
  return (token ?? '').replace(/^'|'$/g, '');
}
