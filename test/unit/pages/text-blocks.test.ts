import { expect, it } from 'vitest';
import { parseTextBlocks } from '#pages/text-blocks.ts';

it('splits a text into headings, paragraphs and lists, and takes markup as plain text', () => {
  expect(parseTextBlocks('## 一、使用\r\n\r\n第一行\n第二行\n \n- 甲\n- <b>乙</b>\n\n\n- 甲\n接續')).toEqual([
    { kind: 'heading', text: '一、使用' },
    { kind: 'paragraph', text: '第一行\n第二行' },
    { kind: 'list', items: ['甲', '<b>乙</b>'] },
    { kind: 'paragraph', text: '- 甲\n接續' },
  ]);
  expect(parseTextBlocks(' \n\n ')).toEqual([]);
});
