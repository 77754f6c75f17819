/** A white canvas that takes round-ended lines in grey, and gives itself as a PNG (ISO/IEC 15948). */
import { crc32, deflateSync } from 'node:zlib';
import type { Point } from './captcha-glyphs.ts';

export interface Canvas {
  /** `thickness` in pixels, `grey` from 0 (black) to 255; the darker of two lines shows. */
  line(from: Point, to: Point, thickness: number, grey: number): void;
  png(): Buffer;
}

export function createCanvas(width: number, height: number): Canvas {
  const pixels = Buffer.alloc(width * height, 255);
  return {
    line(from, to, thickness, grey) {
      const reach = thickness / 2 + 1;
      const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
      const right = Math.min(width - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
      const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
      const bottom = Math.min(height - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
      for (let y = top; y <= bottom; y += 1) {
        for (let x = left; x <= right; x += 1) {
          const cover = Math.min(1, Math.max(0, thickness / 2 - distance([x, y], from, to) + 0.5));
          const shade = Math.round(255 - cover * (255 - grey));
          const at = y * width + x;
          if (shade < (pixels[at] ?? 0)) pixels[at] = shade;
        }
      }
    },
    png() {
      const rows = Buffer.alloc((width + 1) * height);
      // Each row begins with its filter type: 0, none.
      for (let y = 0; y < height; y += 1) pixels.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
      const head = Buffer.alloc(13);
      head.writeUInt32BE(width, 0);
      head.writeUInt32BE(height, 4);
      head.writeUInt8(8, 8);
      const signature = Buffer.from('89504e470d0a1a0a', 'hex');
      return Buffer.concat([
        signature,
        chunk('IHDR', head),
        chunk('IDAT', deflateSync(rows)),
        chunk('IEND', Buffer.alloc(0)),
      ]);
    },
  };
}

/** From `point` to the nearest point of the line between `from` and `to`. */
function distance(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point[0] - from[0] - part * dx, point[1] - from[1] - part * dy);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
