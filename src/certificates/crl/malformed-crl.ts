import { MalformedDer } from '../der/malformed-der.ts';

/** A CRL that cannot be read. `code` is stable and says nothing of the content. */
export class MalformedCrl extends Error {
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(`malformed CRL: ${code}`, { cause });
    this.name = 'MalformedCrl';
    this.code = code;
  }

  /** Runs `read` and turns what DER makes it throw into this class. */
  static guard<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      if (error instanceof MalformedDer) throw new MalformedCrl(error.code, error);
      throw error;
    }
  }
}
