import { MalformedDer } from './der/malformed-der.ts';

/** A certificate that cannot be read. `code` is stable and says nothing of the content. */
export class MalformedCertificate extends Error {
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(`malformed certificate: ${code}`, { cause });
    this.name = 'MalformedCertificate';
    this.code = code;
  }

  /** Runs `read` and turns what DER makes it throw into this class. */
  static guard<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      if (error instanceof MalformedDer) throw new MalformedCertificate(error.code, error);
      throw error;
    }
  }
}
