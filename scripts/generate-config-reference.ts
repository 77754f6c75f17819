/**
 * Writes docs/configuration.md from the schemas of config/. With `--check` it writes nothing and exits 1 when the page
 * is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { configSchema } from '#config/schema/config-schema.ts';
import { coreOf, elementOf, holds, variantsOf } from '#config/schema-walk.ts';

type Schema = z.core.$ZodType;

const page = path.resolve(import.meta.dirname, '../docs/configuration.md');

const introduction = `# Configuration

<!-- Written by scripts/generate-config-reference.ts from config/schema; do not edit. -->

\`npx hufu serve --config FILE [--config FILE…]\`; \`npx hufu check-config --config FILE\` judges the files without starting
anything and reports every fault in them. An annotated example: \`config/examples/production.yaml\`.

- Files are YAML 1.2. An unknown key, a key given twice and a YAML alias are faults.
- Several files lie over each other in the order they are named: maps merge key by key, lists of things with an \`id\` or
  \`client_id\` merge thing by thing, other lists are replaced. A map with another \`kind\` replaces the lower one whole. An empty value
  brings the default back; an empty list takes all entries away.
- Paths are relative to the file that names them.
- A secret never stands in a file itself. It is \`{ file: PATH }\`, readable by its owner alone (mode 0600 or 0400), or
  \`{ env: NAME }\`.
- On loopback are \`localhost\`, \`127.0.0.1\` and \`[::1]\`. Off loopback there is no plain http, no plain SMTP, no plain LDAP, no mail
  folder and no client secret under 32 characters; no setting changes that.
`;

function describe(schema: Schema): string {
  for (let inner: Schema | undefined = schema; inner; inner = unwrapOnce(inner)) {
    const text = inner instanceof z.ZodType ? inner.description : undefined;
    if (text !== undefined) return text;
  }
  throw new Error('a key has no description');
}

function unwrapOnce(schema: Schema): Schema | undefined {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodOptional
  ) {
    return schema.unwrap();
  }
  return schema instanceof z.ZodPipe ? schema.in : undefined;
}

function defaultOf(schema: Schema): string {
  if (schema instanceof z.ZodDefault) {
    const value = schema.def.defaultValue;
    return code(typeof value === 'string' ? value : JSON.stringify(value));
  }
  if (schema instanceof z.ZodPrefault) return '';
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional) return 'optional';
  return '**required**';
}

function typeOf(schema: Schema): string {
  const kind = holds(schema);
  if (kind !== undefined) return String(kind);
  const core = coreOf(schema);
  const range: unknown = core instanceof z.ZodType ? core.meta()?.['range'] : undefined;
  if (range !== undefined) return String(range);
  if (core instanceof z.ZodEnum) return core.options.map((option) => code(String(option))).join(', ');
  if (core instanceof z.ZodLiteral) return code(String(core.value));
  if (core instanceof z.ZodBoolean) return 'true or false';
  const element = elementOf(core);
  if (element) return `list of ${typeOf(element)}`;
  if (core instanceof z.ZodObject) return isBilingual(core) ? '`{ zh, en }`' : 'map';
  return 'text';
}

function isBilingual(schema: z.ZodObject): boolean {
  return Object.keys(schema.shape).join() === 'zh,en' && schema.shape['zh'] instanceof z.ZodString;
}

function code(text: string): string {
  return `\`${text}\``;
}

function row(name: string, schema: Schema): string {
  const cells = [code(name), typeOf(schema), defaultOf(schema), describe(schema)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** A key, and the keys within it. */
function rows(name: string, schema: Schema): string[] {
  const core = coreOf(schema);
  if (core instanceof z.ZodObject && !isBilingual(core)) {
    const inner = Object.entries(core.shape).flatMap(([key, value]) => rows(`${name}.${key}`, value));
    // A map whose keys all have defaults says nothing by itself.
    return schema instanceof z.ZodPrefault ? inner : [row(name, schema), ...inner];
  }
  const element = elementOf(core);
  const entry = element && coreOf(element);
  if (entry instanceof z.ZodObject && element) {
    const inner = Object.entries(entry.shape).flatMap(([key, value]) => rows(`${name}[].${key}`, value));
    return [row(name, schema), ...(describes(entry) ? inner : [])];
  }
  return [row(name, schema)];
}

function describes(schema: z.ZodObject): boolean {
  return !(schema.def.catchall instanceof z.ZodUnknown);
}

function table(lines: readonly string[]): string {
  return ['| key | value | default | |', '|---|---|---|---|', ...lines].join('\n');
}

function section(name: string, schema: Schema): string {
  const core = coreOf(schema);
  const parts = [`## ${name}`];
  if (core instanceof z.ZodDiscriminatedUnion) {
    parts.push(describe(schema));
    for (const variant of variantsOf(core)) {
      const kind = variant.shape['kind'];
      parts.push(`### ${name}: ${kind instanceof z.ZodLiteral ? String(kind.value) : ''}`, describe(variant));
      parts.push(
        table(Object.entries(variant.shape).flatMap(([key, value]) => rows(`${name}.${key}`, value))),
      );
    }
  } else if (core instanceof z.ZodObject) {
    parts.push(
      describe(schema),
      table(Object.entries(core.shape).flatMap(([key, value]) => rows(`${name}.${key}`, value))),
    );
  } else {
    parts.push(table(rows(name, schema)));
  }
  return parts.join('\n\n');
}

const sections = Object.entries(configSchema.shape).map(([name, schema]) => section(name, schema));
const text = `${[introduction.trimEnd(), ...sections].join('\n\n')}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(page, text);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  console.error('docs/configuration.md is out of date: run node scripts/generate-config-reference.ts');
  process.exitCode = 1;
} else {
  console.log('docs/configuration.md is up to date');
}
