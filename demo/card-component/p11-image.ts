/** The answer to pkcs11info as a picture: its bytes are the pixels' blue, green and red, in one row of 2,000. */
const width = 2000;
const headerBytes = 54;

/** BMP of 24 bits a pixel. Text beyond what fits is left out, as a page would then read broken JSON anyway. */
export function p11Image(answer: unknown): Buffer {
  const bitmap = Buffer.alloc(headerBytes + width * 3);
  bitmap.write('BM', 0, 'latin1');
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(headerBytes, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(width, 18);
  bitmap.writeInt32LE(1, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  bitmap.writeUInt32LE(width * 3, 34);
  bitmap.write(asciiJson(answer), headerBytes, 'latin1');
  return bitmap;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
