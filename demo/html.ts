/** Markup whose every inserted value is escaped, unless it is markup made the same way. */
export interface Markup {
  readonly markup: string;
}

type Inserted = string | number | undefined | Markup | readonly Markup[];

/** Tag: `html\`<p>${name}</p>\``. Undefined inserts nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  const markup = parts.map((part, at) => part + insert(values[at])).join('');
  return { markup };
}

function insert(value: Inserted): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
