/**
 * The characters of the picture as strokes on a grid four wide and six high, y downwards. Left out is what is taken
 * for another when read (0 O Q 1 I G S Z) or when heard (B D E V N).
 */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

const bowl = '0,6 0,0 2.4,0 3.6,0.6 3.9,1.6 3.5,2.7 2.4,3.2 0,3.2';

const drawings = {
  2: '0,1.2 0.5,0.3 1.5,0 2.8,0 3.7,0.6 4,1.6 3.6,2.7 0,6 4,6',
  3: '0.2,0.8 1,0.1 2.5,0 3.6,0.6 3.8,1.6 3.2,2.5 1.7,2.8 3.3,3.1 4,4 3.8,5.1 2.8,5.9 1.2,6 0,5.2',
  4: '3,6 3,0 0,4.2 4,4.2',
  5: '3.7,0 0.6,0 0.3,2.7 1.4,2.3 2.6,2.3 3.7,3 4,4.2 3.6,5.3 2.5,6 1,5.9 0,5.2',
  6: '3.5,0.4 2.3,0 1.1,0.7 0.3,2.1 0,3.9 0.5,5.3 1.6,6 2.8,6 3.8,5.2 4,4.1 3.5,3 2.4,2.5 1.2,2.7 0.2,3.6',
  7: '0,0 4,0 1.4,6',
  8: '2,2.8 0.7,2.3 0.3,1.4 0.8,0.4 2,0 3.2,0.4 3.7,1.4 3.3,2.3 2,2.8 0.6,3.4 0,4.5 0.6,5.6 2,6 3.4,5.6 4,4.5 3.4,3.4 2,2.8',
  9: '0.5,5.6 1.7,6 2.9,5.3 3.7,3.9 4,2.1 3.5,0.7 2.4,0 1.2,0 0.2,0.8 0,1.9 0.5,3 1.6,3.5 2.8,3.3 3.8,2.4',
  A: '0,6 2,0 4,6; 0.8,3.8 3.2,3.8',
  C: '4,1.2 3.2,0.3 2,0 0.9,0.5 0.2,1.7 0,3 0.2,4.3 0.9,5.5 2,6 3.2,5.7 4,4.8',
  F: '3.8,0 0,0 0,6; 0,2.8 3,2.8',
  H: '0,0 0,6; 4,0 4,6; 0,3 4,3',
  J: '1.6,0 4,0; 3.2,0 3.2,4.4 2.7,5.6 1.7,6 0.6,5.6 0.1,4.6',
  K: '0,0 0,6; 4,0 0,3.5; 1.3,2.4 4,6',
  L: '0,0 0,6 3.7,6',
  M: '0,6 0.2,0 2,3.6 3.8,0 4,6',
  P: bowl,
  R: `${bowl}; 2,3.2 4,6`,
  T: '0,0 4,0; 2,0 2,6',
  U: '0,0 0,4 0.5,5.4 2,6 3.5,5.4 4,4 4,0',
  W: '0,0 0.9,6 2,2 3.1,6 4,0',
  X: '0,0 4,6; 4,0 0,6',
  Y: '0,0 2,3 4,0; 2,3 2,6',
} as const;

export const captchaCharacters: readonly string[] = Object.keys(drawings);

/** The strokes of each character. */
export const captchaGlyphs: ReadonlyMap<string, readonly Stroke[]> = new Map(
  Object.entries(drawings).map(([character, drawing]) => [character, drawing.split('; ').map(strokeOf)]),
);

function strokeOf(text: string): Stroke {
  return text.split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return [x, y];
  });
}
