/** The form of a page with `name="csrf"`, filled as it stands there: what a browser would send. Files are left out. */
export type FormField = readonly [string, string];

export function formInPage(html: string): FormField[] {
  const form = /<form[^>]* method="post"[^>]*novalidate[^]*?<\/form>/.exec(html)?.[0] ?? '';
  const controls = form.matchAll(
    /<input (?<input>[^>]*)>|<textarea (?<area>[^>]*)>(?<text>[^]*?)<\/textarea>|<select (?<select>[^>]*)>(?<options>[^]*?)<\/select>/g,
  );
  return [...controls].flatMap(({ groups = {} }): FormField[] => {
    const { input, area, text = '', select, options = '' } = groups;
    if (area !== undefined) return [[attribute(area, 'name'), plain(text)]];
    if (select !== undefined) {
      const chosen =
        /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
      return [[attribute(select, 'name'), plain(chosen?.[1] ?? '')]];
    }
    const type = attribute(input ?? '', 'type');
    const isLeftOut = type === 'file' || (/^(checkbox|radio)$/.test(type) && !/ checked/.test(input ?? ''));
    return isLeftOut ? [] : [[attribute(input ?? '', 'name'), attribute(input ?? '', 'value')]];
  });
}

/** As when somebody types over it. */
export function typedOver(
  fields: readonly FormField[],
  changes: Readonly<Record<string, string>>,
): FormField[] {
  return fields.map(([name, value]) => [name, Object.hasOwn(changes, name) ? (changes[name] ?? '') : value]);
}

function attribute(tag: string, name: string): string {
  return plain(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function plain(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replaceAll(/&(?:#x([0-9A-F]+)|(\w+));/gi, (_, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
