/** PEM (RFC 7468): the DER in the blocks of one label; what stands between them is passed over. */

export type PemLabel = 'CERTIFICATE' | 'X509 CRL';

/** Undefined in the place of a block whose base64 is not right. */
export function readPem(text: string, label: PemLabel): readonly (Uint8Array | undefined)[] {
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  const blocks: (Uint8Array | undefined)[] = [];
  let from = text.indexOf(begin);
  while (from !== -1) {
    const start = from + begin.length;
    const to = text.indexOf(end, start);
    if (to === -1) return [...blocks, undefined];
    blocks.push(fromBase64(text.slice(start, to)));
    from = text.indexOf(begin, to + end.length);
  }
  return blocks;
}

/** Buffer passes over white space, and over much else: hence the pattern. */
function fromBase64(body: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(body) ? Buffer.from(body, 'base64') : undefined;
}
