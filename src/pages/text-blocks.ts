/** Long texts of configuration (rules of use, notices) as blocks that a template can print without markup. */

export type TextBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** Blocks are separated by blank lines; `## ` begins a heading, lines that begin with `- ` form a list. */
export function parseTextBlocks(text: string): TextBlock[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block): TextBlock => {
      const lines = block.split('\n').map((line) => line.trim());
      if (lines.every((line) => line.startsWith('- '))) {
        return { kind: 'list', items: lines.map((line) => line.slice(2)) };
      }
      if (block.startsWith('## ')) return { kind: 'heading', text: block.slice(3) };
      return { kind: 'paragraph', text: lines.join('\n') };
    });
}
