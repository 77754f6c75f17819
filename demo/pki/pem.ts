export function derToPem(bytes: Uint8Array, label = 'CERTIFICATE'): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The first block's content. */
export function pemToDer(pem: string): Buffer {
  const [, content = ''] = /-----BEGIN [^-]+-----([^-]*)-----END/.exec(pem) ?? [];
  return Buffer.from(content, 'base64');
}
