import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/pages/assets/css/tokens.css', import.meta.url), 'utf8');
const [lightPart = '', darkPart = ''] = css.split('@media (prefers-color-scheme: dark)');

function colours(part: string): Map<string, string> {
  return new Map(
    [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = colours(lightPart);
const schemes = { light, dark: new Map([...light, ...colours(darkPart)]) };

/** Relative luminance, WCAG 2.1. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const text: [string, string[]][] = [
  ['ink', ['paper', 'surface', 'sunken', 'jade-wash', 'vermilion-wash', 'bronze-wash']],
  ['ink-soft', ['paper', 'surface', 'sunken', 'jade-wash', 'vermilion-wash']],
  ['jade', ['paper', 'surface', 'sunken', 'jade-wash', 'bronze-wash']],
  ['jade-strong', ['surface', 'jade-wash']],
  ['vermilion', ['paper', 'surface', 'sunken', 'vermilion-wash']],
  ['bronze', ['surface', 'sunken']],
  ['on-jade', ['jade', 'jade-strong']],
  ['on-deep', ['deep']],
  ['on-deep-soft', ['deep']],
];
/** Borders of controls, marks and the focus ring. */
const shapes: [string, string[]][] = [
  ['line-strong', ['surface', 'sunken']],
  ['jade', ['paper', 'surface', 'sunken', 'jade-wash']],
  ['bronze', ['surface', 'sunken', 'bronze-wash']],
  ['vermilion', ['surface', 'sunken']],
];

describe.each(Object.entries(schemes))('contrast in the %s scheme', (_, scheme) => {
  const colour = (name: string): string => {
    const value = scheme.get(name);
    if (!value) throw new Error(`there is no token --${name}`);
    return value;
  };
  const pairs = (table: [string, string[]][]) =>
    table.flatMap(([front, grounds]) => grounds.map((ground) => [front, ground] as const));

  it.each(pairs(text))('text in %s on %s has 4.5:1', (front, ground) => {
    expect(contrast(colour(front), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(shapes))('shapes in %s on %s have 3:1', (front, ground) => {
    expect(contrast(colour(front), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});
