/** Bytes by which a canary is told apart before it is compared whole. */
const keyLength = 6;

/**
 * Those of `canaries` that stand in `text`, in one pass over it: thousands of values in a hundred megabytes of log, each looked for by
 * itself, would take longer than the tests.
 */
export function findCanaries(canaries: ReadonlySet<string>, text: Buffer): readonly string[] {
  const byKey = new Map<string, Buffer[]>();
  const beginnings = new Uint8Array(1 << 24);
  const short: string[] = [];
  for (const canary of canaries) {
    const bytes = Buffer.from(canary);
    if (bytes.length < keyLength) {
      short.push(canary);
      continue;
    }
    beginnings[bytes.readUIntBE(0, 3)] = 1;
    const key = bytes.toString('latin1', 0, keyLength);
    byKey.set(key, [...(byKey.get(key) ?? []), bytes]);
  }
  const found = new Set(short.filter((canary) => text.includes(canary)));
  let beginning = 0;
  for (let end = 0; end < text.length; end += 1) {
    beginning = ((beginning << 8) | (text[end] ?? 0)) & 0xff_ff_ff;
    if (beginnings[beginning] === 0) continue;
    const start = end - 2;
    for (const bytes of byKey.get(text.toString('latin1', start, start + keyLength)) ?? []) {
      if (text.subarray(start, start + bytes.length).equals(bytes)) found.add(bytes.toString());
    }
  }
  return [...found];
}
