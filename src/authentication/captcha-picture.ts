/** Draws a challenge as a PNG: strokes turned, sheared and bent, with lines and specks that a person reads past. */
import { captchaGlyphs, type Point } from './captcha-glyphs.ts';
import type { ImageChallenge } from './captcha-image.ts';
import { createCanvas, type Canvas } from './grey-canvas.ts';
import { createSeededNoise, type SeededNoise } from './seeded-noise.ts';

/** In pixels; a page shows it at half its size, so that it is sharp on dense screens. */
const width = 440;
const height = 140;

export function drawCaptcha({ characters, seed }: ImageChallenge): Buffer {
  const noise = createSeededNoise(seed);
  const canvas = createCanvas(width, height);
  const bend = bending(noise);
  for (let speck = 0; speck < 160; speck += 1) {
    const at: Point = [noise.between(0, width), noise.between(0, height)];
    canvas.line(at, [at[0] + 1, at[1] + 1], noise.between(1.5, 3), noise.between(90, 180));
  }
  [...characters].forEach((character, place) => drawCharacter(canvas, character, place, noise, bend));
  for (let line = 0; line < 4; line += 1) drawLine(canvas, noise);
  return canvas.png();
}

type Bend = (point: Point) => Point;

/** One wave over the whole picture, so that no two characters of a kind have the same outline. */
function bending(noise: SeededNoise): Bend {
  const [phase, second] = [noise.between(0, 6), noise.between(0, 6)];
  const [depth, length] = [noise.between(3, 6), noise.between(60, 100)];
  return ([x, y]) => [
    x + (depth / 2) * Math.sin(y / 20 + second),
    y + depth * Math.sin((x / length) * Math.PI + phase),
  ];
}

function drawCharacter(
  canvas: Canvas,
  character: string,
  place: number,
  noise: SeededNoise,
  bend: Bend,
): void {
  const centre: Point = [50 + place * 68 + noise.between(-5, 5), height / 2 + noise.between(-10, 10)];
  const angle = noise.between(-0.26, 0.26);
  const shear = noise.between(-0.2, 0.2);
  const [scaleX, scaleY] = [noise.between(9, 11), noise.between(10.5, 12.5)];
  const thickness = noise.between(5, 7);
  const grey = noise.between(20, 70);
  const placed = ([gridX, gridY]: Point): Point => {
    const y = (gridY - 3) * scaleY;
    const x = (gridX - 2) * scaleX + y * shear;
    return [
      centre[0] + x * Math.cos(angle) - y * Math.sin(angle),
      centre[1] + x * Math.sin(angle) + y * Math.cos(angle),
    ];
  };
  for (const stroke of captchaGlyphs.get(character) ?? []) {
    stroke.slice(1).forEach((to, index) => {
      const from = stroke[index] ?? to;
      drawBent(canvas, placed(from), placed(to), thickness, grey, bend);
    });
  }
}

/** A straight stroke in short pieces, each end bent, so that the whole of it curves. */
function drawBent(canvas: Canvas, from: Point, to: Point, thickness: number, grey: number, bend: Bend): void {
  const pieces = 4;
  const at = (part: number): Point =>
    bend([from[0] + ((to[0] - from[0]) * part) / pieces, from[1] + ((to[1] - from[1]) * part) / pieces]);
  for (let part = 0; part < pieces; part += 1) canvas.line(at(part), at(part + 1), thickness, grey);
}

function drawLine(canvas: Canvas, noise: SeededNoise): void {
  const [start, slope] = [noise.between(20, height - 20), noise.between(-0.15, 0.15)];
  const [depth, length, phase] = [noise.between(6, 18), noise.between(40, 90), noise.between(0, 6)];
  const thickness = noise.between(1.8, 3);
  const grey = noise.between(60, 130);
  const at = (x: number): Point => [x, start + slope * x + depth * Math.sin(x / length + phase)];
  for (let x = 0; x < width; x += 10) canvas.line(at(x), at(x + 10), thickness, grey);
}
