import type { TextBlock } from '#pages/text-blocks.ts';

export interface TextPageModel {
  readonly kind: 'rules' | 'privacy';
  readonly version: string;
  readonly blocks: readonly TextBlock[];
}
