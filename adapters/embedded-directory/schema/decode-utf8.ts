const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined when `value` is not UTF-8. */
export function decodeUtf8(value: Buffer): string | undefined {
  try {
    return utf8.decode(value);
  } catch {
    return undefined;
  }
}
