import { berTag, MalformedBer, readHeader } from './ber-reader.ts';

export interface MessageFramer {
  /** Takes what arrived. */
  push(chunk: Buffer): void;
  /** The next whole message; undefined when more bytes are needed. Throws MalformedBer, also for one too long. */
  next(longest: number): Buffer | undefined;
  /** Whether a message has begun and is not complete. */
  readonly partial: boolean;
}

/** Cuts a stream into LDAPMessages, without copying a long message again for every chunk of it. */
export function createMessageFramer(): MessageFramer {
  let chunks: Buffer[] = [];
  let total = 0;

  function joined(): Buffer {
    const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, total);
    chunks = whole.length > 0 ? [whole] : [];
    return whole;
  }

  /** Bytes the current message takes; undefined while its header is not complete. */
  function messageSize(longest: number): number | undefined {
    const first = chunks[0];
    const start = first !== undefined && first.length >= 6 ? first : joined();
    const header = readHeader(start, 0);
    if (start.length > 0 && start[0] !== berTag.sequence) throw new MalformedBer('not an LDAPMessage');
    if (header === undefined) return undefined;
    const size = header.contentStart + header.contentLength;
    if (size > longest) throw new MalformedBer('message too long');
    return size;
  }

  return {
    push(chunk) {
      if (chunk.length === 0) return;
      chunks.push(chunk);
      total += chunk.length;
    },
    next(longest) {
      if (total === 0) return undefined;
      const size = messageSize(longest);
      if (size === undefined || size > total) return undefined;
      const whole = joined();
      const rest = whole.subarray(size);
      chunks = rest.length > 0 ? [rest] : [];
      total = rest.length;
      return whole.subarray(0, size);
    },
    get partial() {
      return total > 0;
    },
  };
}
