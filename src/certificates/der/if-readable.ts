import { MalformedDer } from './malformed-der.ts';

/** `read`'s value, or undefined when what it reads is malformed. */
export function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}
