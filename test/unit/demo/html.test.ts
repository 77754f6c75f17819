import { describe, expect, it } from 'vitest';
import { html } from '#demo/html.ts';

describe('html', () => {
  it('escapes what is inserted, in text and in attributes', () => {
    expect(html`<a title="${'"\'<&>'}">${'<script>'}</a>`.markup).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;">&lt;script&gt;</a>',
    );
  });

  it('inserts markup made the same way as it is, and nothing for undefined', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<p>${items}${undefined}</p>`.markup).toBe('<p><li>a</li><li>&lt;</li></p>');
  });
});
