import { resultCode, type ResultCode } from './result-code.ts';

/** An operation that ends with another result than success. `message` goes to the client: it names no value. */
export class LdapFailure extends Error {
  readonly result: ResultCode;
  /** The nearest existing ancestor, for noSuchObject (RFC 4511, 4.1.9). */
  readonly matchedDn: string;

  constructor(result: keyof typeof resultCode, message = '', matchedDn = '') {
    super(message);
    this.name = 'LdapFailure';
    this.result = resultCode[result];
    this.matchedDn = matchedDn;
  }
}
